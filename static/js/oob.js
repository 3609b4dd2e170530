// A line of the list that comes along with a ticket is for those who see the line; elsewhere it is dropped.
(() => {
  const LINE = /<li\b[^>]*\bid="(row-\d+)"[^>]*\bhx-swap-oob=[\s\S]*?<\/li>/g;

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    detail.serverResponse = detail.serverResponse.replace(LINE, (line, id) => (document.getElementById(id) ? line : ""));
  });
})();
