(() => {
  const cards = [...document.querySelectorAll(".g-card")];
  const form = document.querySelector(".g-filters");
  const fields = ["client", "period", "standing"].map((id) => document.getElementById(id));
  const search = document.getElementById("q");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = cards.map((card) => plain(card.textContent));
  const show = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, index) => {
      const fits =
        words.every((word) => texts[index].includes(word)) &&
        fields.every((field) => !field.value || card.dataset[field.id] === field.value);
      card.hidden = !fits;
      shown += fits;
    });
    const all = cards.length;
    document.getElementById("count").textContent =
      shown === all ? `${all} pack${all === 1 ? "" : "s"}` : `${shown} of ${all} packs`;
    document.querySelector(".g-none").hidden = shown > 0 || all === 0;
  };
  form.hidden = cards.length === 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  show();
})();
