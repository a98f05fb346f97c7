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
