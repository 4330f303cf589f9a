// Puts the configurator into another page: an element `<connected-registry data-…>`, or this script's own `data-` attributes, which put one beside it.
// What it is told and tells is in docs/embedding.md. Nothing of it outlives its element.
(() => {
  const NAME = "connected-registry";
  const VERSION = 1;
  const script = document.currentScript;
  const BASE = new URL(".", script.src);
  // What says how it looks and what may be changed; every other attribute is a choice, by its key of the link.
  const QUERY = ["view", "lock", "hide", "step", "style"];
  const OTHER = ["theme", "height", "title", "sandbox"];

  // The name behind `data-`; none for what frameworks mark elements with.
  const key = (attribute) => /^data-(?!v-)(.+)$/.exec(attribute)?.[1];
  const pairs = (element) => [...element.attributes].map(({ name, value }) => [key(name), value]).filter(([name]) => name);
  const isChoice = (name) => !QUERY.includes(name) && !OTHER.includes(name);
  const joined = (some) => some.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");

  // Pages become dark in many ways; all of them make the text light.
  const isDark = (element) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = getComputedStyle(element).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return red * 3 + green * 6 + blue > 1280;
  };

  class Configurator extends HTMLElement {
    // Ends everything that was begun for the frame.
    #end;

    connectedCallback() {
      this.#begin();
    }

    disconnectedCallback() {
      this.#end?.();
    }

    #begin() {
      const gone = new AbortController();
      const { signal } = gone;
      const data = this.dataset;
      const theme = () => (data.theme === "light" || data.theme === "dark" ? data.theme : isDark(this) ? "dark" : "light");
      const all = pairs(this);
      const reserved = +data.height || (data.view === "command" ? 240 : 900);

      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      const around = document.createElement("div");
      const before = document.createElement("slot");
      const frame = document.createElement("iframe");
      around.style.cssText = `position:relative;min-height:${reserved}px`;
      frame.style.cssText = "position:absolute;inset:0;width:100%;height:100%;border:0;opacity:0;pointer-events:none";
      frame.title = data.title || "Connected Registry Configurator";
      frame.loading = "lazy";
      frame.allow = "clipboard-write";
      if ("sandbox" in data) frame.sandbox = data.sandbox;
      let shown = theme();
      const query = joined([...all.filter(([name]) => QUERY.includes(name)), ["theme", shown]]);
      const link = joined(all.filter(([name]) => isChoice(name)));
      frame.src = `${BASE}?${query}${link && `#${link}`}`;

      let origin;
      let changed = [];
      const say = (type, content) => frame.contentWindow?.postMessage({ [NAME]: VERSION, type, ...content }, origin === "null" ? "*" : origin);
      const set = (content) => (origin ? say("set", content) : changed.push(content));
      const onMessage = ({ source, origin: from, data: message }) => {
        if (source !== frame.contentWindow || message?.[NAME] !== VERSION || from !== (origin ?? (from === "null" ? from : BASE.origin))) return;
        origin = from;
        if (message.type === "ready") {
          // What was there before stays in the page, out of sight.
          before.style.display = "none";
          frame.style.cssText = `display:block;width:100%;height:${reserved}px;border:0`;
          say("hello");
          changed.splice(0).forEach((content) => say("set", content));
        } else if (message.type === "size" && message.height > 0) {
          frame.style.height = `${Math.max(reserved, message.height)}px`;
          this.dispatchEvent(new CustomEvent(`${NAME}-size`, { detail: { height: message.height }, bubbles: true }));
        } else if (message.type === "changed") {
          this.choices = message.choices;
          this.dispatchEvent(new CustomEvent(`${NAME}-change`, { detail: { link: message.link, choices: message.choices }, bubbles: true }));
        }
      };
      addEventListener("message", onMessage, { signal });

      const look = () => {
        if (!signal.aborted && shown !== (shown = theme())) set({ theme: shown });
      };
      // Once more after a while: many pages change their colors bit by bit.
      const follow = () => {
        look();
        setTimeout(look, 500);
      };
      const outside = new MutationObserver(follow);
      for (const root of [document.documentElement, document.body]) outside.observe(root, { attributes: true });
      matchMedia("(prefers-color-scheme:dark)").addEventListener("change", follow, { signal });
      const own = new MutationObserver((records) => {
        const names = new Set(records.map((record) => key(record.attributeName)).filter(Boolean));
        const choices = {};
        for (const name of names) {
          const value = this.getAttribute(`data-${name}`);
          if (name === "theme") follow();
          else if (name === "style") set({ style: value ?? "" });
          else if (value === null || !isChoice(name)) return this.#again();
          else choices[name] = value;
        }
        if (Object.keys(choices).length) set({ choices });
      });
      own.observe(this, { attributes: true });

      around.append(before, frame);
      shadow.replaceChildren(around);
      this.#end = () => {
        gone.abort();
        own.disconnect();
        outside.disconnect();
        shadow.replaceChildren();
      };
    }

    // What is in the address of a frame can only be changed with a new one: another address would be an entry in the history of the page around.
    #again() {
      this.#end();
      this.#begin();
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, Configurator);
  if (pairs(script).length && script.parentElement !== document.head) {
    const element = document.createElement(NAME);
    for (const [name, value] of pairs(script)) element.setAttribute(`data-${name}`, value);
    script.after(element);
  }
})();
