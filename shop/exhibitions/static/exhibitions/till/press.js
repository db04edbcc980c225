/* A screen that is drawn anew between a finger's going down and its coming up takes the press away, and at a stall the
   app sends, hears of new stock and draws at any moment. So it waits until the finger is up and its click is through. */

/** From the finger's coming up to its click, which a touch screen sends a little later. Milliseconds. */
const CLICK_COMES = 60;

let isPressed = false;
const waiting = [];

function release() {
  setTimeout(() => {
    isPressed = false;
    for (const work of waiting.splice(0)) work();
  }, CLICK_COMES);
}

addEventListener("pointerdown", () => { isPressed = true; }, true);
addEventListener("pointerup", release, true);
addEventListener("pointercancel", release, true);
// Not of a field that loses the focus to what is pressed.
addEventListener("blur", (event) => event.target === globalThis && release(), true);
// What the click itself changes is shown at once.
addEventListener("click", () => { isPressed = false; }, true);

/** Now, or as soon as no finger is down. */
export function unlessPressed(work) {
  if (isPressed) waiting.push(work);
  else work();
}
