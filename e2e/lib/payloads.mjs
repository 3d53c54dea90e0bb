// What somebody writes who would like a page to run it. Whatever runs leaves `window.fired`.

export const FIRE = "window.fired=1";
export const PAYLOADS = [
  `<script>${FIRE}</script>`, `<img src=x onerror="${FIRE}">`, `<svg onload="${FIRE}"></svg>`, `<svg><script>${FIRE}</script></svg>`, `<iframe srcdoc="<script>parent.${FIRE}</script>"></iframe>`,
  `<iframe src="javascript:parent.${FIRE}"></iframe>`, `<body onload="${FIRE}">`, `<details open ontoggle="${FIRE}"><summary>x</summary></details>`, `<video><source onerror="${FIRE}"></video>`,
  `<video src="/media/x.mp4" onloadstart="${FIRE}" controls></video>`, `<audio src="/x" onerror="${FIRE}"></audio>`, `<input onfocus="${FIRE}" autofocus>`, `<a href="javascript:${FIRE}">x</a>`, `<a href="java\tscript:${FIRE}">x</a>`,
  `<figure><a href="javascript:${FIRE}">x</a></figure>`, `<figure><a href="javascript:${FIRE}"><img src="/media/one.png" alt="" onload="${FIRE}"></a></figure>`, `<math><mtext><table><mglyph><style><img src=x onerror="${FIRE}">`,
  `<div data-kept="<img src=x onerror=${FIRE}>">x</div>`, `<span data-kept="<img src=x onerror=${FIRE}>">x</span>`, `<p data-placeholder="x" style="background:url(https://evil.example/x)">x</p>`, `<object data="javascript:${FIRE}"></object>`,
  `<embed src="javascript:${FIRE}">`, `<form action="javascript:${FIRE}"><button>x</button></form>`, `<template><img src=x onerror="${FIRE}"></template>`, `<noscript><p title="</noscript><img src=x onerror=${FIRE}>">`,
  `<link rel="stylesheet" href="https://evil.example/x.css">`, `<meta http-equiv="refresh" content="0;url=https://evil.example/">`, `<base href="https://evil.example/">`, `<img src="https://evil.example/pixel.gif">`, `<img srcset="https://evil.example/a.png 1x" src="/media/one.png" alt="">`,
  `<figure><img src="https://evil.example/pixel.gif" alt=""></figure>`, `<video poster="https://evil.example/p.png" src="https://evil.example/v.mp4"></video>`, `<ruby onclick="${FIRE}">x<rt><img src=x onerror="${FIRE}"></rt></ruby>`,
  `<p><ruby>x<rt><img src="https://evil.example/r.png" onerror="${FIRE}"></rt></ruby></p>`, `<table><tr><td background="https://evil.example/t.png"><img src=x onerror="${FIRE}"></td></tr></table>`, `<x onanimationstart="${FIRE}">x</x>`,
];
