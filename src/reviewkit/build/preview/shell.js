// Shows the page, takes a new one in its place without a flash, and keeps where the reader was.
(() => {
  const by = (id) => document.getElementById(id);
  const words = JSON.parse(document.body.dataset.words);
  const frames = by("frames");
  let asked = 0;
  const take = (page) => {
    asked = page;
    const next = document.createElement("iframe");
    next.title = words.report;
    next.className = "waiting";
    next.src = `page?${page}`;
    next.addEventListener("load", () => {
      if (page !== asked) return next.remove();
      const before = frames.querySelector("iframe:not(.waiting)");
      const at = before ? before.contentWindow.scrollY : 0;
      next.contentWindow.scrollTo({ top: at, behavior: "instant" });
      next.className = "";
      for (const old of [...frames.children]) if (old !== next && old.className !== "waiting") old.remove();
      document.body.dataset.page = String(page);
    });
    frames.append(next);
  };
  const told = new EventSource("events");
  told.addEventListener("message", (event) => {
    const state = JSON.parse(event.data);
    by("error").hidden = !state.error;
    by("reason").textContent = state.error;
    by("stays").textContent = state.page ? words.stays : "";
    by("state").textContent = state.busy ? words.busy : "";
    if (!state.page && state.error) by("first")?.remove();
    if (state.page && state.page !== asked) take(state.page);
  });
  told.addEventListener("error", () => {
    by("state").textContent = words.ended;
  });
})();
