/* Product pictures: the strip swipes by itself (CSS scroll snap). This adds thumbnails that follow, arrow keys,
   and a dialog with the large picture. Without JavaScript the thumbnails are links to the pictures in the strip. */

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector("[data-gallery-strip]");
  const slides = [...strip.children];
  const thumbs = [...gallery.querySelectorAll("[data-gallery-thumb]")];
  const dialog = gallery.querySelector("dialog");
  let at = 0;

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const go = (index) => {
    const slide = slides[Math.max(0, Math.min(index, slides.length - 1))];
    strip.scrollTo({ left: slide.offsetLeft - strip.offsetLeft, behavior: calm.matches ? "auto" : "smooth" });
  };
  const mark = (index) => {
    at = index;
    thumbs.forEach((thumb, i) => (i === index ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
    const counter = gallery.querySelector("[data-gallery-at]");
    if (counter) counter.textContent = index + 1;
  };

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) mark(slides.indexOf(entry.target));
    },
    { root: strip, threshold: 0.6 },
  );
  slides.forEach((slide) => watcher.observe(slide));

  thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    go(index);
  }));

  strip.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(at + step);
  });

  if (!dialog?.showModal) continue;
  const large = dialog.querySelector("img");
  const showLarge = (index) => {
    const from = slides[index].querySelector("img");
    // The widest rendition of the same picture; the link's address is the one made for looking closely.
    large.src = slides[index].querySelector("a")?.href ?? from.currentSrc;
    large.alt = from.alt;
    large.classList.remove("is-close");
    at = index;
  };
  slides.forEach((slide, index) => slide.querySelector("a")?.addEventListener("click", (event) => {
    event.preventDefault();
    showLarge(index);
    dialog.showModal();
  }));
  large.addEventListener("click", () => large.classList.toggle("is-close"));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    const step = event.target.closest("[data-step]");
    if (step) showLarge((at + Number(step.dataset.step) + slides.length) % slides.length);
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) showLarge((at + step + slides.length) % slides.length);
  });
  dialog.addEventListener("close", () => go(at));
}
