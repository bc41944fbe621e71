// What a browser would bring and V8 alone does not, and how one chart is drawn.
// `reviewkitAdvances` holds, by weight, the width of each sign in parts of the size.
var window = globalThis, self = globalThis;
setInterval = clearInterval = function () {};
// Selections that are dragged listen to the window; nobody drags here.
addEventListener = removeEventListener = function () {};
structuredClone = function copy(value) {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return new Date(+value);
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
};

// Vega looks for a canvas once, while it is loaded, and only measures text with it.
var document = {
  createElement() {
    return {
      getContext() {
        return {
          font: "",
          measureText(text) {
            const [, weight, size] = /(?:(bold|\d{3}) )?([\d.]+)px/.exec(this.font);
            const advances = reviewkitAdvances[weight === "bold" || weight >= 600 ? 600 : 400];
            let width = 0;
            for (const sign of String(text)) width += advances[sign] ?? 1;
            return { width: width * size };
          },
        };
      },
    };
  },
};

function reviewkitDraw(text, lite) {
  // A page may hold many charts: names inside one must not depend on those drawn before.
  const { vega, lite: language } = reviewkitVega;
  vega.resetSVGDefIds();
  return reviewkitTold(
    Promise.resolve()
      .then(() => (lite ? language.compile(JSON.parse(text)).spec : JSON.parse(text)))
      .then((spec) => new vega.View(vega.parse(spec), { renderer: "none" }).toSVG()),
  );
}

function reviewkitCompile(text) {
  const { lite: language } = reviewkitVega;
  return reviewkitTold(
    Promise.resolve().then(() => JSON.stringify(language.compile(JSON.parse(text)).spec)),
  );
}

function reviewkitTold(promise) {
  return promise
    .then((made) => JSON.stringify({ made }))
    .catch((error) => JSON.stringify({ error: String((error && error.message) || error) }));
}
