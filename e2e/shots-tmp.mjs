import { openBrowser, openReader, PHONE, DESKTOP } from "./lib/browser.mjs";
const base="http://127.0.0.1:18080"; const b=await openBrowser();
const art="/a/1";
for (const [n,addr,screen,dark,y] of [["f1","/",DESKTOP,false,0],["f2","/",DESKTOP,true,900],["a1",art,DESKTOP,false,0],["a2",art,DESKTOP,true,1000],["a3",art,DESKTOP,false,4800],["a4",art,DESKTOP,false,99999],["p1",art,PHONE,false,0],["p2",art,PHONE,false,3000],["p3",art,PHONE,true,99999],["e1","/a/15",DESKTOP,false,0],["e2","/a/15",DESKTOP,false,1800],["s1","/category/ثقافة/",DESKTOP,false,0],["s2","/author/layan-zaafarani/",PHONE,false,0],["n1","/x/",DESKTOP,false,0],["t1","/a/10",PHONE,false,1500], ["p0","/",PHONE,false,0]]) {
  const r=await openReader(b,{base},{screen,dark}); await r.page.goto(addr); 
  await r.page.evaluate((y)=>scrollTo(0,y),y); await r.page.waitForTimeout(700);
  await r.page.screenshot({path:`/tmp/lab-e2e/${n}.png`}); await r.context.close();
}
await b.close();
