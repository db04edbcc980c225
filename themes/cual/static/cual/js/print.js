/* Shows the print button where there is a script to answer it; the browser's own menu prints as well. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
