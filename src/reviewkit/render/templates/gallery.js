(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const form = document.querySelector(".g-filters");
  const search = document.getElementById("q");
  const fields = all("select", form);
  const sums = all(".g-sum");
  // Letters that no sign was added to, and that a keyboard elsewhere lacks all the same.
  const letters = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th" };
  const plain = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđßæœıþ]/g, (letter) => letters[letter]);
  const groups = all(".g-group").map((node) => ({ node, name: plain(node.querySelector("h2").textContent) }));
  const cards = groups.flatMap((group) =>
    all(".g-card", group.node).map((node) => ({
      node,
      group,
      text: `${group.name} ${plain(node.textContent)}`,
      reports: all("li", node),
      versions: all(".g-version", node),
    })),
  );
  const fits = (node, fields) => fields.every((field) => !field.value || node.dataset[field.id] === field.value);
  const show = () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const ofPack = fields.filter((field) => !["kind", "audience"].includes(field.id));
    const ofReport = fields.filter((field) => !ofPack.includes(field));
    let shown = 0;
    for (const group of groups) group.shown = 0;
    for (const card of cards) {
      for (const report of card.reports) report.hidden = !fits(report, ofReport);
      for (const version of card.versions) version.hidden = all("li:not([hidden])", version).length === 0;
      const fit =
        wanted.every((word) => card.text.includes(word)) &&
        fits(card.node, ofPack) &&
        card.reports.some((report) => !report.hidden);
      card.node.hidden = !fit;
      card.group.shown += fit;
      shown += fit;
    }
    for (const group of groups) group.node.hidden = group.shown === 0;
    const count = cards.length;
    document.getElementById("count").textContent =
      shown === count ? words.all : words.some.replace("{shown}", shown);
    document.querySelector(".g-none").hidden = shown > 0 || count === 0;
    for (const sum of sums)
      sum.setAttribute("aria-pressed", String(sum.dataset.standing === document.getElementById("standing").value));
  };
  // What is chosen stands in the address, so that it can be kept as a bookmark.
  const keep = () => {
    const chosen = new URLSearchParams();
    for (const field of [search, ...fields]) if (field.value) chosen.set(field.id, field.value);
    history.replaceState(null, "", `#${chosen}`);
  };
  const recall = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const field of [search, ...fields]) field.value = chosen.get(field.id) || "";
    for (const field of fields) if (field.selectedIndex < 0) field.value = "";
  };
  form.hidden = cards.length === 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    show();
    keep();
  });
  for (const sum of sums) {
    sum.disabled = false;
    sum.addEventListener("click", () => {
      const field = document.getElementById("standing");
      field.value = field.value === sum.dataset.standing ? "" : sum.dataset.standing;
      show();
      keep();
    });
  }
  window.addEventListener("hashchange", () => {
    recall();
    show();
  });
  recall();
  show();
})();
