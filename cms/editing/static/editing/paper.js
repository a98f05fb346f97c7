/* Shows in a preview what the rules for paper do, as the browser would when it prints. */
function toPaper(rules) {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const asked = rule.media.mediaText;
      if (/\bprint\b/.test(asked)) rule.media.mediaText = "all";
      else if (/\bscreen\b|prefers-color-scheme/.test(asked)) rule.media.mediaText = "not all";
    }
    if (rule.cssRules) toPaper(rule.cssRules);
  }
}

for (const sheet of document.styleSheets) toPaper(sheet.cssRules);
document.querySelectorAll("details").forEach((details) => { details.open = true; });

const fit = () => { document.documentElement.style.zoom = Math.min(1, innerWidth / 850); };
addEventListener("resize", fit);
fit();
