/* Province → kabupaten/kota → kecamatan → kelurahan without reloading. The form has a button that asks the server for
   the next list; here the lists come by fetch and that button steps aside.
   Contract: [data-regions] with data-regions="/toko/wilayah/"; selects [data-region-level="1".."4"] in order;
   optional input[data-postcode] with [data-postcode-from]; button [data-region-reload]; empty option stays first in every select. */

for (const box of document.querySelectorAll("[data-regions]")) {
  const selects = [...box.querySelectorAll("[data-region-level]")].sort(
    (a, b) => a.dataset.regionLevel - b.dataset.regionLevel,
  );
  const postcode = box.querySelector("input[data-postcode]");
  // The postcode the village chosen so far gave, kept in the form so that it outlives a reload.
  const origin = box.querySelector("[data-postcode-from]");
  const reload = box.querySelector("[data-region-reload]");
  const known = new Map();
  let ask = 0;

  const clear = (select) => {
    select.length = Math.min(select.length, select.options[0]?.value === "" ? 1 : 0);
    select.disabled = true;
  };

  async function children(code) {
    if (!known.has(code)) {
      const url = new URL(box.dataset.regions, location.href);
      url.searchParams.set("parent", code);
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`regions: ${response.status}`);
      known.set(code, await response.json());
    }
    return known.get(code);
  }

  async function fill(index) {
    const mine = ++ask;
    selects.slice(index + 1).forEach(clear);
    const next = selects[index + 1];
    const code = selects[index].value;
    if (!next || !code) return;
    next.setAttribute("aria-busy", "true");
    try {
      const rows = await children(code);
      // A slow answer for a choice that has been changed since is dropped.
      if (mine !== ask) return;
      for (const row of rows) {
        const option = new Option(row.name, row.code);
        if (row.postcode) option.dataset.postcode = row.postcode;
        next.add(option);
      }
      next.disabled = rows.length === 0;
    } catch {
      if (reload) reload.hidden = false;
      next.disabled = false;
    } finally {
      next.removeAttribute("aria-busy");
    }
  }

  selects.forEach((select, index) => select.addEventListener("change", () => {
    fill(index);
    const found = select.selectedOptions[0]?.dataset.postcode ?? "";
    // A postcode someone typed is theirs; only one that came from a village, or none, follows the choice.
    if (!postcode || (postcode.value && postcode.value !== origin?.value)) return;
    const changed = postcode.value !== found;
    postcode.value = found;
    if (origin) origin.value = found;
    if (changed) postcode.dispatchEvent(new Event("change", { bubbles: true }));
  }));

  if (reload) reload.hidden = true;
  selects.forEach((select, index) => {
    if (index && select.length <= 1) select.disabled = true;
  });
  // A browser that restored the first choice after going back has not restored the lists below it.
  const last = selects.findLastIndex((select) => select.value);
  if (last >= 0 && selects[last + 1]?.length <= 1) fill(last);
}
