/* What is pasted from Word, Google Docs, LibreOffice, Outlook or a web page becomes what a page of ours is made of: headings,
   text with lists and links, tables. Fonts, colours and whatever else the other program wrote are left out; what a reader would
   miss is said. */

const SKIPPED = `style, script, head, title, meta, link, img, svg, iframe, object, video, audio, button, input, select, textarea, noscript,
  template, hr, [hidden], [aria-hidden=true], [style*="display:none"], [style*="display: none"], [style*="mso-hide:all"],
  [style*="mso-list:Ignore"], [style*="mso-element:comment"], .MsoCommentReference, .MsoCommentText, .msocomanchor, .msocomtxt`;
const LOST = {
  pictures: 'img:not([width="1"]), svg:not([aria-hidden])',
  films: "iframe, object, video, audio",
  comments: ".MsoCommentReference, .msocomanchor",
};
const LONGEST_HEADING = 150;
const LINE = /^(P|DIV|SECTION|ARTICLE|MAIN|ASIDE|HEADER|FOOTER|NAV|BLOCKQUOTE|FIGURE|FIGCAPTION|ADDRESS|PRE|DL|DT|DD|DETAILS|SUMMARY|FORM|TR|CAPTION)$/;
const HEADING = /^H([1-6])$/;
const BY_OURSELVES = /data-draftjs-conductor-fragment|data-offset-key|data-block-key/;
const NUMBERED = /^\(?(\d+|[a-zåäö]|[ivx]+)[.)]/i;
const FORWARDERS = [[/^https?:\/\/www\.google\.[a-z.]+\/url\?/, "q"], [/^https?:\/\/[\w.]+\.safelinks\.protection\.outlook\.com\//, "url"]];

/* Reading: lines of text, each with what it is and its runs of equally marked letters. */

function addressOf(link) {
  let address = link.getAttribute("href") ?? "";
  for (const [forwarder, name] of FORWARDERS) {
    if (forwarder.test(address)) address = new URL(address).searchParams.get(name) ?? address;
  }
  return /^(https?|mailto|tel):/i.test(address) ? address : "";
}

function marksOf(element, marks) {
  const { tagName, style } = element;
  const weight = style.fontWeight || (/^(B|STRONG)$/.test(tagName) ? "bold" : "");
  const slant = style.fontStyle || (/^(I|EM|CITE)$/.test(tagName) ? "italic" : "");
  return {
    bold: weight ? /^bold/.test(weight) || Number(weight) >= 600 : marks.bold,
    italic: slant ? slant !== "normal" : marks.italic,
    href: tagName === "A" ? addressOf(element) : marks.href,
  };
}

/* Word writes a list as paragraphs that only look like one. */
function listInWord(element) {
  const level = /mso-list:[^;]*level(\d+)/.exec(element.getAttribute("style") ?? "");
  if (!level) return null;
  const sign = element.querySelector('[style*="mso-list:Ignore"]')?.textContent.trim() ?? "";
  return { tag: NUMBERED.test(sign) && sign !== "o" ? "ol" : "ul", depth: Number(level[1]) };
}

class Reader {
  lines = [];
  line = null;

  constructor(lost) {
    this.lost = lost;
  }

  begin(kind) {
    this.line = { ...kind, runs: [] };
    this.lines.push(this.line);
  }

  write(text, marks) {
    if (!this.line) this.begin({ tag: "p" });
    const { runs } = this.line;
    const last = runs.at(-1);
    if (last && ["bold", "italic", "href"].every((mark) => last[mark] === marks[mark])) last.text += text;
    else runs.push({ ...marks, text });
  }

  read(node, marks, list) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.write(child.data.replace(/[\t\n\r ]+/g, " "), marks);
      else if (child.nodeType === Node.ELEMENT_NODE) {
        this.miss(child);
        if (!child.matches(SKIPPED)) this.element(child, marksOf(child, marks), list);
      }
    }
  }

  miss(element) {
    for (const what in LOST) if (element.matches(LOST[what])) this.lost.add(what);
    if (element.matches('a[href]:not([href^="#"])') && !addressOf(element)) this.lost.add("links");
  }

  element(element, marks, list) {
    const { tagName } = element;
    const level = HEADING.exec(tagName)?.[1];
    if (tagName === "BR") this.write("\n", marks);
    else if (tagName === "Q") { this.write("”", marks); this.read(element, marks, list); this.write("”", marks); }
    else if (tagName === "TABLE") this.table(element);
    else if (level) this.around({ tag: "h", level: Number(level) }, element, marks);
    else if (tagName === "UL" || tagName === "OL") {
      this.line = null;
      this.read(element, marks, { tag: tagName.toLowerCase(), depth: (list?.depth ?? 0) + 1 });
      this.line = null;
    } else if (tagName === "LI") this.around(list ?? { tag: "ul", depth: 1 }, element, marks, list);
    else if (LINE.test(tagName) && !(list && this.line?.tag === list.tag && !this.line.runs.length)) {
      this.around(listInWord(element) ?? (list && this.line ? { ...list, more: true } : { tag: "p" }), element, marks, list);
    } else this.read(element, marks, list);
  }

  around(kind, element, marks, list) {
    this.begin(kind);
    this.read(element, marks, list);
    this.line = null;
  }

  table(element) {
    const rows = this.grid(element);
    const width = Math.max(0, ...rows.map((row) => row.length));
    const filled = rows.filter((row) => row.some(Boolean)).map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
    const caption = plain(linesOf(element.caption ?? document.createElement("p"), this.lost)).join(" ");
    if (filled.length) this.lines.push({ tag: "table", caption, rows: filled, runs: [] });
    this.line = null;
  }

  /* The text of each cell, in the first of the places that it takes. */
  grid({ rows }) {
    const texts = Array.from(rows, () => []);
    [...rows].forEach((row, y) => {
      for (const cell of row.cells) {
        const x = [...texts[y], undefined].indexOf(undefined);
        for (const taken of texts.slice(y, y + (cell.rowSpan || rows.length))) {
          for (let at = x; at < x + cell.colSpan; at += 1) taken[at] = "";
        }
        texts[y][x] = plain(linesOf(cell, this.lost)).join(" ");
      }
    });
    return texts;
  }
}

/* Spaces that only the other program needed go; what is left empty goes with them. */
function tidied(line) {
  const runs = line.runs.map((run) => ({ ...run, text: run.text.replace(/[\u00AD\u200B\uFEFF]/g, "").replace(/[ \u00A0]{2,}/g, " ") }));
  if (runs.length) {
    runs[0].text = runs[0].text.trimStart();
    runs.at(-1).text = runs.at(-1).text.trimEnd();
  }
  return { ...line, runs: runs.filter((run) => run.text) };
}

function linesOf(element, lost) {
  const reader = new Reader(lost);
  reader.read(element, { bold: false, italic: false, href: "" }, null);
  return reader.lines.map(tidied).filter((line) => line.rows || line.runs.some((run) => run.text.trim()));
}

const textOf = (line) => line.runs.map((run) => run.text).join("").replace(/\s+/g, " ").trim();
const plain = (lines) => lines.flatMap((line) => line.rows?.map((row) => row.join(" ")) ?? [textOf(line)]);

/* Writing: pieces, of which each becomes a block. */

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function inner(line) {
  return line.runs.map(({ text, bold, italic, href }) => {
    let html = escaped(text).replace(/\n/g, "<br>");
    if (italic) html = `<i>${html}</i>`;
    if (bold && line.tag !== "h") html = `<b>${html}</b>`;
    return href ? `<a href="${escaped(href)}">${html}</a>` : html;
  }).join("");
}

function richText(lines) {
  const open = [];
  let html = "";
  const close = (depth) => { while (open.length > depth) html += `</${open.pop()}>`; };
  for (const line of lines) {
    const depth = line.depth ?? 0;
    close(depth);
    if (depth && open.at(-1) !== line.tag && open.length === depth) close(depth - 1);
    while (open.length < depth) { open.push(line.tag); html += `<${line.tag}>`; }
    if (depth) html += `<li>${inner(line)}</li>`;
    else if (line.rows) html += line.rows.map((row) => `<p>${escaped(row.filter(Boolean).join(" – "))}</p>`).join("");
    else html += line.tag === "h" ? `<p><b>${inner(line)}</b></p>` : `<p>${inner(line)}</p>`;
  }
  close(0);
  return html;
}

/* A document's only heading of the first level is its title; then the sections begin at the next level, else at the first. */
function topLevel(lines) {
  const levels = lines.filter((line) => line.tag === "h").map((line) => line.level);
  const below = levels.filter((level) => level > 1);
  return levels.length - below.length > 1 || !below.length ? 1 : Math.min(...below);
}

function piecesOf(lines) {
  const top = topLevel(lines);
  const pieces = [];
  for (const line of lines) {
    const text = line.tag === "h" ? textOf(line) : "";
    if (text && text.length <= LONGEST_HEADING) pieces.push({ type: "heading", value: { text, level: line.level <= top ? "h2" : "h3" } });
    else if (line.rows) pieces.push({ type: "table", value: tableOf(line) });
    else if (pieces.at(-1)?.lines) pieces.at(-1).lines.push(line);
    else pieces.push({ type: "paragraph", lines: [line] });
  }
  return pieces;
}

const tableOf = ({ caption, rows: [headings, ...rows] }) => ({
  caption,
  columns: headings.map((heading) => ({ type: "text", heading })),
  rows: rows.map((values) => ({ values })),
});

/* Putting it where it was pasted. */

const { DraftJS, telepath, wagtailStreamField } = window;
const streams = new WeakMap();

function content(html) {
  const { contentBlocks, entityMap } = DraftJS.convertFromHTML(html);
  return DraftJS.ContentState.createFromBlockArray(contentBlocks, entityMap);
}

const stored = (piece) => piece.value ?? JSON.stringify(DraftJS.convertToRaw(content(richText(piece.lines))));

function putIn(editor, html) {
  const state = editor.getEditorState();
  const fragment = content(html).getBlockMap();
  const changed = DraftJS.Modifier.replaceWithFragment(state.getCurrentContent(), state.getSelection(), fragment);
  editor.onChange(DraftJS.EditorState.push(state, changed, "insert-fragment"));
}

function isAtEnd(state) {
  const selection = state.getSelection();
  const last = state.getCurrentContent().getLastBlock();
  return selection.isCollapsed() && selection.getFocusKey() === last.getKey() && selection.getFocusOffset() === last.getLength();
}

/* The body that an editor stands in as a block of text, and the block. */
function bodyAround(target) {
  for (let element = target; element; element = element.parentElement) {
    const stream = streams.get(element);
    const child = stream?.children.find((each) => each.element.contains(target));
    if (stream) return child?.type === "paragraph" ? { stream, child } : null;
  }
  return null;
}

function putAsBlocks({ stream, child }, editor, pieces) {
  const isEmpty = !editor.getEditorState().getCurrentContent().hasText();
  let at = stream.children.indexOf(child);
  if (!isEmpty) {
    at += 1;
    if (pieces[0].lines) putIn(editor, richText(pieces.shift().lines));
  }
  const made = pieces.map((piece) => stream.insert({ type: piece.type, value: stored(piece), id: crypto.randomUUID() }, at++));
  if (isEmpty) stream.deleteBlock(at);
  made.at(-1)?.focus();
  return made.at(-1)?.element;
}

function paste(event) {
  const place = event.target.closest?.("[data-draftail-editor-wrapper]");
  const editor = place && [...place.parentElement.children].find((each) => each.draftailEditor)?.draftailEditor;
  const html = event.clipboardData?.getData("text/html");
  if (!editor || !html || BY_OURSELVES.test(html) || /^\S+:\/\/\S+$/.test(event.clipboardData.getData("text/plain").trim())) return;
  const lost = new Set();
  const lines = linesOf(new DOMParser().parseFromString(html, "text/html").body, lost);
  if (!lines.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const pieces = piecesOf(lines);
  const isShaped = pieces.some((piece) => piece.value);
  const body = isShaped && bodyAround(place);
  const state = editor.getEditorState();
  const asBlocks = body && (isAtEnd(state) || !state.getCurrentContent().hasText());
  const last = asBlocks && putAsBlocks(body, editor, pieces);
  if (!asBlocks) putIn(editor, richText(lines));
  if (isShaped && !asBlocks) lost.add("shape");
  say(lost, last || place.parentElement);
}

/* What did not come along, where one looks, in words that ``pasting.py`` has in the editor's language. */
let told;

function say(lost, place) {
  const words = JSON.parse(document.getElementById("paste-words").textContent);
  told?.remove();
  if (!lost.size) return;
  told = document.createElement("p");
  told.className = "help-block help-warning";
  told.role = "alert";
  told.textContent = Object.keys(words).filter((what) => lost.has(what)).map((what) => words[what]).join(" ");
  place.append(told);
}

if (wagtailStreamField) {
  class Body extends wagtailStreamField.blocks.StreamBlockDefinition {
    render(...where) {
      const stream = super.render(...where);
      streams.set(stream.element, stream);
      return stream;
    }
  }
  telepath.register("samverka.Body", Body);
}
if (DraftJS) document.addEventListener("paste", paste, true);
