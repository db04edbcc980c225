/* A 58 mm roll has no page length of its own, and CSS knows no "as long as it is": the page is made as long as the
   receipt before it is printed. Without this the receipt comes out on A4. */

const WIDTH = 58;
const MARGIN = 2;
const MILLIMETRES = 25.4 / 96;

/** Millimetres of roll for a receipt so many pixels high; a little more, so that rounding makes no second page. */
export const rollLength = (pixels) => Math.ceil(pixels * MILLIMETRES) + 2 * MARGIN + 1;

/** Set the page's size for every print from now on. */
export function printOnRoll() {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  addEventListener("beforeprint", () => {
    const paper = document.querySelector(".paper");
    if (!paper) return;
    document.body.classList.add("on-roll");
    sheet.replaceSync(`@page { size: ${WIDTH}mm ${rollLength(paper.offsetHeight)}mm; margin: ${MARGIN}mm; }`);
  });
  addEventListener("afterprint", () => {
    document.body.classList.remove("on-roll");
    sheet.replaceSync("");
  });
}
