// What is sent to find suggestions is the beginning of a long text: an address holds no more.
(() => {
  const LONGEST = 1500;

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    const text = detail.parameters.text;
    if (typeof text === "string" && text.length > LONGEST) detail.parameters.text = text.slice(0, LONGEST);
  });
})();
