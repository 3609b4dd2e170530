// The ledger of a ticket's clocks opens at its last lines: at now, in the book of the first clock.
document.addEventListener("toggle", ({ target }) => {
  const book = target.open && target.querySelector?.(".tb-book");
  const last = book && book.querySelector(".ledger tbody tr:last-child");
  if (!last) return;
  const below = last.getBoundingClientRect().bottom - book.getBoundingClientRect().top - book.clientHeight;
  book.scrollTop += Math.max(0, below);
}, true);
