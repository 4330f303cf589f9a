// Notes what a browser would tell a developer, for drivers that do not pass it on. It runs before all else in the page, and keeps its notes from one load
// to the next. What the browser writes into its console by itself, such as a warning about an old feature, it does not hear of.
(() => {
  const note = (list, text) => (sessionStorage[list] = JSON.stringify([...JSON.parse(sessionStorage[list] ?? "[]"), text]));
  for (const level of ["warn", "error"]) {
    const write = console[level];
    console[level] = (...parts) => {
      note("complaints", `console.${level}: ${parts.join(" ")}`);
      write.apply(console, parts);
    };
  }
  // Of an element that could not load what it asks for, only who catches the event hears.
  const onError = ({ message, filename, lineno, target }) => note("complaints", message ? `${message} (${filename}:${lineno})` : `not loaded: ${target.src ?? target.href}`);
  addEventListener("error", onError, true);
  addEventListener("unhandledrejection", ({ reason }) => note("complaints", `rejected: ${reason}`));
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => note("complaints", `against ${effectiveDirective}: ${blockedURI} ${sample}`));
  new PerformanceObserver((list) => list.getEntries().forEach(({ name }) => note("requests", name))).observe({ type: "resource", buffered: true });
})();
