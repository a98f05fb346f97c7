// Conveniences only: every page works without this file.

// A print button appears where there is something that can print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Escape closes the phone menu and gives the focus back to what opened it.
const menu = document.querySelector(".top .menu");
menu?.closest(".top").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A search field gets its suggestions when somebody goes to it.
const suggesting = document.querySelector("[data-suggest]")?.dataset;
for (const form of suggesting ? document.querySelectorAll(".find") : []) {
  form.addEventListener("focusin", async () => (await import(suggesting.module)).suggestIn(form, suggesting), { once: true });
}
