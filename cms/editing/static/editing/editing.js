/* From a finding to the block or the field that it speaks of, whichever tab or folded panel that lies in. */
const FIELD = "input:not([type=hidden]), textarea, select, [contenteditable=true], button";

const placeOf = (link) =>
  (link.hash.startsWith("#block-") && document.getElementById(link.hash.slice(1))) ||
  document.querySelector(`[data-contentpath="${CSS.escape(link.dataset.goto)}"]`);

function unfold(place) {
  const tab = place.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  for (let panel = place.closest("section"); panel; panel = panel.parentElement.closest("section")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-goto]");
  const place = link && placeOf(link);
  if (!place) return;
  event.preventDefault();
  unfold(place);
  requestAnimationFrame(() => {
    place.scrollIntoView({ block: "center" });
    place.querySelector(FIELD)?.focus({ preventScroll: true });
  });
});

/* An instruction of a preset is marked as a whole at the first click, so that one can write over it. */
const isInstruction = (text) => /^\[[^\[\]]+\]$/.test(text.trim());

document.addEventListener("click", ({ target }) => {
  if (target.matches("input[type=text], textarea")) {
    if (isInstruction(target.value) && target.selectionStart === target.selectionEnd) target.select();
    return;
  }
  const line = target.closest(".public-DraftEditor-content [data-block]");
  if (line && isInstruction(line.textContent) && getSelection().isCollapsed) getSelection().selectAllChildren(line);
});

/* A form that comes back with errors saves itself once, and then no more: Wagtail 8.0 never begins to look for changes in it.
   That it is told a new interval makes it begin. */
document.addEventListener("w-autosave:success", ({ target }) => {
  target.setAttribute("data-w-unsaved-check-interval-value", "501");
});

/* A field of rich text is called what its label says: Wagtail leaves it without a name for those who listen. */
const NAMELESS = ".public-DraftEditor-content:not([aria-labelledby])";

function name(text) {
  const label = text.closest(".w-field__wrapper")?.querySelector("label[id]")?.id;
  text.setAttribute("aria-labelledby", label ?? text.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby"));
}

addEventListener("load", () => document.querySelectorAll(NAMELESS).forEach(name));
document.addEventListener("focusin", ({ target }) => target.matches?.(NAMELESS) && name(target));
