// What can be done to the text, by button, by key or by the way it is typed?

import { baseKeymap, chainCommands, createParagraphNear, exitCode, joinBackward, lift, liftEmptyBlock, newlineInCode, setBlockType, splitBlock, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, Selection, TextSelection } from "prosemirror-state";
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, mergeCells, splitCell, toggleHeaderRow } from "prosemirror-tables";
import { enterFootnote, insertFootnote } from "./footnotes.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

export const bold = toggleMark(marks.strong);
export const italic = toggleMark(marks.em);
export const strike = toggleMark(marks.strike);
export const sub = toggleMark(marks.sub);
export const sup = toggleMark(marks.sup);
export const code = toggleMark(marks.code);
export const paragraph = chainCommands(setBlockType(nodes.paragraph), liftFrom("quote"), liftFrom("note"));
export const heading = (level) => (state, dispatch) => setBlockType(isIn(state, "heading", { level }) ? nodes.paragraph : nodes.heading, isIn(state, "heading", { level }) ? {} : { level })(state, dispatch);
export const codeBlock = (state, dispatch) => setBlockType(isIn(state, "code_block") ? nodes.paragraph : nodes.code_block)(state, dispatch);
export const bulletList = list(nodes.bullet_list);
export const orderedList = list(nodes.ordered_list);
export const quote = wrapping("quote", { pull: false });
export const pullQuote = wrapping("quote", { pull: true });
export const note = wrapping("note");
export const footnote = insertFootnote;
export { redo, undo };
export const table = {
  insert: insertTable, isInTable,
  rowBefore: addRowBefore, rowAfter: addRowAfter, columnBefore: addColumnBefore, columnAfter: addColumnAfter,
  deleteRow, deleteColumn, delete: deleteTable, merge: mergeCells, split: splitCell, headerRow: toggleHeaderRow,
};

/** Whether the selection stands in a node of this name, with these attributes. */
export function isIn(state, name, attrs = {}) {
  return around(state, name, attrs) !== null;
}

function around(state, name, attrs = {}) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === name && Object.entries(attrs).every(([key, value]) => node.attrs[key] === value)) return { node, depth, at: $from.before(depth) };
  }
  return null;
}

export function isMarked(state, name) {
  const type = marks[name];
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

/** Auto, from the right, from the left, auto again: for every leaf block that is selected. */
export function turn(state, dispatch) {
  const blocks = leaves(state);
  if (!blocks.length) return false;
  if (dispatch) {
    const next = { null: "rtl", rtl: "ltr", ltr: null }[blocks[0].node.attrs.dir];
    const { tr } = state;
    for (const { node, at } of blocks) tr.setNodeMarkup(at, null, { ...node.attrs, dir: next });
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** The leaf blocks that the selection touches. */
export function leaves(state) {
  const found = [];
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, at) => {
    if (node.isTextblock && "dir" in node.attrs) found.push({ node, at });
  });
  return found;
}

/** Puts a block where the selection is: in place of an empty paragraph, else behind the outermost block. */
export function insertBlock(node) {
  return (state, dispatch) => {
    if (!dispatch) return true;
    const { $from } = state.selection;
    const { tr } = state;
    const isEmptyLine = $from.depth === 1 && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0;
    const at = $from.depth === 0 ? state.selection.to : isEmptyLine ? $from.before(1) : $from.after(1);
    tr.replaceWith(at, isEmptyLine ? $from.after(1) : at, node);
    const after = at + node.nodeSize;
    if (after >= tr.doc.content.size) tr.insert(after, nodes.paragraph.create());
    tr.setSelection(node.type === nodes.table || node.type === nodes.picture ? Selection.near(tr.doc.resolve(at + 1)) : Selection.near(tr.doc.resolve(after + 1)));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

export const divider = insertBlock(nodes.divider.create());

/** A link over the selection; over the address itself when nothing is selected. An empty address takes links away. */
export function link(href, text) {
  return (state, dispatch) => {
    const { from, to, empty } = linkRange(state);
    const { tr } = state;
    if (!href) tr.removeMark(from, to, marks.link);
    else if (empty) tr.replaceSelectionWith(schema.text(text || href, [...(state.storedMarks ?? state.selection.$from.marks()), marks.link.create({ href })]), false);
    else tr.addMark(from, to, marks.link.create({ href }));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** What a change of the link is about: the selection, or the whole link around the caret. */
export function linkRange(state) {
  const { from, to, empty, $from } = state.selection;
  const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!empty || !mark) return { from, to, empty, href: mark?.attrs.href ?? "" };
  let [start, end] = [$from.pos, $from.pos];
  $from.parent.forEach((child, offset) => {
    const at = $from.start() + offset;
    if (mark.isInSet(child.marks) && at <= $from.pos && at + child.nodeSize >= $from.pos) [start, end] = [Math.min(start, at), Math.max(end, at + child.nodeSize)];
  });
  return { from: start, to: end, empty: start === end, href: mark.attrs.href };
}

export function cardFor(address) {
  return nodes.card.create({ href: address, title: address });
}

/** Whether these words are an address and nothing else. */
export function isAddress(text) {
  return /^https?:\/\/[^\s<>"]+\.[^\s<>"]+$/.test(text.trim());
}

/** Enter behind an address that stands alone makes a card of it. */
function cardOnEnter(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || $from.parent.type !== nodes.paragraph || $from.parentOffset !== $from.parent.content.size) return false;
  if (!isAddress($from.parent.textContent)) return false;
  if (dispatch) {
    const { tr } = state;
    tr.replaceWith($from.before(), $from.after(), [cardFor($from.parent.textContent.trim()), nodes.paragraph.create()]);
    tr.setSelection(TextSelection.near(tr.doc.resolve($from.before() + 2)));
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** Enter in a caption goes on to the credit, in a credit or attribution out of the block. */
function enterOutside(state, dispatch) {
  const { $from } = state.selection;
  const name = $from.parent.type.name;
  if (!["caption", "credit", "attribution"].includes(name)) return false;
  if (!dispatch) return true;
  const { tr } = state;
  if (name === "caption" && $from.node(-1).type === nodes.picture) {
    tr.setSelection(TextSelection.create(tr.doc, $from.after() + 1));
  } else {
    const after = $from.after($from.depth - 1);
    tr.insert(after, nodes.paragraph.create());
    tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1)));
  }
  dispatch(tr.scrollIntoView());
  return true;
}

/** Enter in an empty last paragraph of a quotation asks who said it; in an empty one of a note it ends the note. */
function attributeOnEnter(state, dispatch) {
  const { $from, empty } = state.selection;
  const box = around(state, "quote");
  if (!empty || !box || $from.parent.type !== nodes.paragraph || $from.parent.content.size || $from.depth !== box.depth + 1) return false;
  if ($from.index(box.depth) !== box.node.childCount - 1 || box.node.childCount < 2) return false;
  if (dispatch) {
    const { tr } = state;
    tr.setBlockType($from.pos, $from.pos, nodes.attribution, { bare: false });
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** Backspace in an empty attribution takes it away. */
function withoutAttribution(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.attribution || $from.parent.content.size) return false;
  if (dispatch) {
    const { tr } = state;
    tr.delete($from.before(), $from.after());
    tr.setSelection(Selection.near(tr.doc.resolve($from.before()), -1));
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** Backspace behind a block that cannot be typed in selects it first. */
function selectBefore(state, dispatch) {
  const { $cursor } = state.selection;
  if (!$cursor || $cursor.parentOffset > 0 || $cursor.depth !== 1) return false;
  const before = state.doc.resolve($cursor.before()).nodeBefore;
  if (!before || !["picture", "gallery", "kept", "card", "table"].includes(before.type.name)) return false;
  dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, $cursor.before() - before.nodeSize)).scrollIntoView());
  return true;
}

function list(type) {
  return (state, dispatch, view) => {
    const [nearest] = ["bullet_list", "ordered_list"].map((name) => around(state, name)).filter(Boolean).sort((a, b) => b.depth - a.depth);
    if (nearest) {
      if (nearest.node.type === type) return liftListItem(nodes.list_item)(state, dispatch, view);
      dispatch?.(state.tr.setNodeMarkup(nearest.at, type));
      return true;
    }
    return wrapInList(type)(state, dispatch, view);
  };
}

function liftFrom(name) {
  return (state, dispatch) => isIn(state, name) && lift(state, dispatch);
}

function wrapping(name, attrs = {}) {
  return (state, dispatch, view) => {
    const box = around(state, name);
    if (!box) {
      // A heading that is quoted becomes a paragraph.
      if (name === "quote" && isIn(state, "heading") && !setBlockType(nodes.paragraph)(state)) return false;
      return wrapIn(nodes[name], attrs)(state, dispatch, view);
    }
    if (name === "quote" && box.node.attrs.pull !== attrs.pull) {
      dispatch?.(state.tr.setNodeMarkup(box.at, null, { ...box.node.attrs, ...attrs }));
      return true;
    }
    return unwrap(box)(state, dispatch);
  };
}

function unwrap(box) {
  return (state, dispatch) => {
    if (!dispatch) return true;
    const inner = [];
    box.node.forEach((child) => { if (child.type !== nodes.attribution || child.content.size) inner.push(child.type === nodes.attribution ? nodes.paragraph.create(null, child.content) : child); });
    const { tr } = state;
    const place = Math.max(box.at + 1, state.selection.from - 1);
    tr.replaceWith(box.at, box.at + box.node.nodeSize, inner);
    tr.setSelection(Selection.near(tr.doc.resolve(Math.min(place, tr.doc.content.size))));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

function insertTable(state, dispatch) {
  const row = (type) => nodes.table_row.create(null, Array.from({ length: 3 }, () => type.createAndFill()));
  return insertBlock(nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]))(state, dispatch);
}

const hardBreak = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type === nodes.credit) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.break.create()).scrollIntoView());
  return true;
};

/** Keys of the text; `outside` are those that open something of the page. */
export function keys(outside) {
  return [
    keymap({
      ...outside,
      "Mod-a": selectText, "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo,
      "Mod-b": bold, "Mod-i": italic, "Mod-Shift-s": strike, "Mod-e": code, "Mod-,": sub, "Mod-.": sup,
      "Mod-Alt-0": paragraph, "Mod-Alt-2": heading(2), "Mod-Alt-3": heading(3), "Mod-Alt-4": heading(4),
      "Mod-Shift-7": orderedList, "Mod-Shift-8": bulletList, "Mod-Shift-9": quote, "Mod-Alt-9": pullQuote,
      "Mod-Alt-n": note, "Mod-Alt-c": codeBlock, "Mod-Alt-t": insertTable, "Mod-Alt-h": divider, "Mod-Alt-r": footnote,
      "Mod-Shift-x": turn,
      "Shift-Enter": chainCommands(exitCode, hardBreak), "Mod-Enter": exitCode,
      Enter: chainCommands(enterFootnote, enterOutside, cardOnEnter, attributeOnEnter, splitListItem(nodes.list_item), newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
      Backspace: chainCommands(undoInputRule, withoutAttribution, selectBefore, backspaceInList),
      Tab: chainCommands(goToNextCell(1), rowAtEnd, sinkListItem(nodes.list_item)),
      "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
    }),
    keymap(baseKeymap),
  ];
}

/** All of the text, as a selection that lists and quotations understand. */
function selectText(state, dispatch) {
  const [first, last] = [Selection.atStart(state.doc), Selection.atEnd(state.doc)];
  // Pictures, tables and blocks without words at either end are selected with everything else.
  if (state.doc.firstChild.type.spec.isolating || state.doc.lastChild.type.spec.isolating) return false;
  if (!(first instanceof TextSelection) || !(last instanceof TextSelection) || first.$from.index(0) !== 0 || last.$to.index(0) !== state.doc.childCount - 1) return false;
  dispatch?.(state.tr.setSelection(TextSelection.between(first.$from, last.$to)));
  return true;
}

/** Tab in the last cell begins a new row. */
function rowAtEnd(state, dispatch) {
  if (!isInTable(state)) return false;
  let added = state;
  if (!addRowAfter(state, (tr) => { added = state.apply(tr); dispatch?.(tr); })) return false;
  if (dispatch) goToNextCell(1)(added, dispatch);
  return true;
}

/** Backspace at the beginning of an item takes it out of the list, before anything is joined. */
function backspaceInList(state, dispatch, view) {
  const { $cursor } = state.selection;
  if (!$cursor || $cursor.parentOffset > 0 || !isIn(state, "list_item")) return false;
  if ($cursor.index(-1) > 0) return joinBackward(state, dispatch, view);
  return liftListItem(nodes.list_item)(state, dispatch, view);
}

/** What typing at the beginning of a line makes of it. Arabic digits count as well. */
export function typing() {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
      wrappingInputRule(/^\s*[-*•–]\s$/, nodes.bullet_list),
      wrappingInputRule(/^\s*(?:1|١)[.)-]\s$/, nodes.ordered_list),
      wrappingInputRule(/^\s*>\s$/, nodes.quote),
      new InputRule(/^---$/, (state, _match, start, end) => {
        const $start = state.doc.resolve(start);
        if ($start.depth !== 1) return null;
        return state.tr.replaceWith($start.before(), state.doc.resolve(end).after(), [nodes.divider.create(), nodes.paragraph.create()]);
      }),
      new InputRule(/<<$/, "«"),
      new InputRule(/>>$/, "»"),
    ],
  });
}
