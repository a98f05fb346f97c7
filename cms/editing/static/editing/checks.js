/* From a finding to the field or the block that it speaks of, whichever tab or folded panel that lies in. */
const sectionOf = (link) =>
  document.getElementById(link.hash.slice(1))?.closest("section") ??
  document.querySelector(`[data-contentpath="${CSS.escape(link.dataset.goto)}"]`)?.closest("section");

function unfold(section) {
  const tab = section.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  for (let panel = section; panel; panel = panel.parentElement.closest("section")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-goto]");
  const section = link && sectionOf(link);
  if (!section) return;
  event.preventDefault();
  unfold(section);
  section.scrollIntoView({ block: "center" });
  section.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true], button")?.focus({ preventScroll: true });
});
