// A checklist that can be ticked off. Without this file it is a plain list, which prints with its boxes.
//
// What is ticked and noted is one string, such as "done=1f3a.77c0&77c0=Ask+Vera": kept in the browser, or shared after a #.

const tools = document.querySelector("[data-checklist]");
const key = `checklist:${tools.dataset.checklist}`;
const part = (name) => tools.querySelector(`[data-${name}]`);
const items = [...document.querySelectorAll(".check [data-item]")].map(withBox);
const mark = "#list&";

function withBox(line) {
  const what = line.querySelector(".what");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id: `item-${line.dataset.item}` });
  const label = Object.assign(document.createElement("label"), { htmlFor: box.id });
  const details = tools.querySelector("template").content.cloneNode(true).firstElementChild;
  const note = details.querySelector("textarea");
  note.ariaLabel = details.querySelector("summary").ariaLabel = `${details.innerText || details.textContent.trim()}: ${what.innerText}`;
  label.append(...what.childNodes);
  what.append(label);
  line.querySelector(".mark").replaceWith(box);
  line.lastElementChild.append(details);
  return { id: line.dataset.item, line, box, details, note };
}

function written() {
  const state = new URLSearchParams();
  const done = items.filter((item) => item.box.checked).map((item) => item.id);
  if (done.length) state.set("done", done.join("."));
  for (const { id, note } of items) if (note.value.trim()) state.set(id, note.value);
  return state.toString();
}

function show(text) {
  const state = new URLSearchParams(text);
  const done = (state.get("done") ?? "").split(".");
  for (const { id, box, note, details } of items) {
    box.checked = done.includes(id);
    note.value = (state.get(id) ?? "").slice(0, note.maxLength);
    details.open = note.value !== "";
  }
  count();
}

function count() {
  const open = items.filter((item) => !item.box.checked);
  const { none, one, more } = tools.dataset;
  const bar = tools.querySelector("progress");
  part("done").textContent = bar.value = items.length - open.length;
  part("all").textContent = bar.max = items.length;
  part("say").textContent = [none, one][open.length] ?? more.replace("{n}", open.length);
  for (const item of items) item.line.classList.toggle("next", item === open[0]);
}

function kept() {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep() {
  const text = written();
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    part("full").hidden = false;
  }
}

function changed() {
  undo = null;
  part("reset").textContent = again;
  count();
  keep();
}

// One may look at a list that somebody shared without losing one's own, and without taking theirs for it.
function choose(shared) {
  const [notice, state] = [part("shared"), kept() ? "mine" : "none"];
  for (const words of notice.querySelectorAll("[data-mine]")) words.textContent = words.dataset[state];
  notice.hidden = !shared;
  for (const control of [part("reset"), part("share"), ...items.flatMap((item) => [item.box, item.note])]) control.disabled = shared;
  if (shared) notice.focus();
  else history.replaceState(null, "", location.pathname + location.search);
}

function goOn() {
  (items.find((item) => !item.box.checked) ?? items[0]).box.focus();
}

function open() {
  const shared = location.hash.startsWith(mark) ? location.hash.slice(mark.length) : null;
  show(shared ?? kept());
  if (shared !== null) choose(kept() !== written());
}

async function share() {
  const link = Object.assign(new URL(location), { hash: mark + written() });
  const { say, else: instead } = part("share").dataset;
  try {
    await navigator.clipboard.writeText(link);
    part("say").textContent = say;
  } catch {
    history.replaceState(null, "", link);
    part("say").textContent = instead;
  }
}

const again = part("reset").textContent;
let undo = null;

part("reset").addEventListener("click", () => {
  const before = written();
  show(undo ?? "");
  keep();
  part("reset").textContent = undo === null ? part("reset").dataset.undo : again;
  undo = undo === null ? before : null;
});
part("share").addEventListener("click", share);
part("own").addEventListener("click", () => {
  choose(false);
  show(kept());
  goOn();
});
part("keep").addEventListener("click", () => {
  choose(false);
  keep();
  goOn();
});
for (const { box, note } of items) {
  box.addEventListener("change", changed);
  note.addEventListener("input", changed);
}
addEventListener("storage", (event) => event.key === key && part("shared").hidden && show(event.newValue ?? ""));
addEventListener("hashchange", open);
if (items.length) {
  tools.hidden = false;
  open();
}
