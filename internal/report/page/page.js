"use strict";
const query = document.getElementById("query");
const exposed = document.getElementById("exposed");
const shown = document.getElementById("shown");
const rows = Array.from(document.querySelectorAll("tr[data-row]"), row => ({ row, text: row.textContent.toLowerCase() }));
function search() {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every(word => text.includes(word)) || exposed !== null && exposed.checked && row.dataset.row !== "exposed";
    if (!row.hidden) count++;
  }
  shown.textContent = count + " of " + rows.length + " shown";
}
query.form.addEventListener("submit", event => event.preventDefault());
query.addEventListener("input", search);
if (exposed !== null) exposed.addEventListener("change", search);
document.addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== query) {
    event.preventDefault();
    query.focus();
  } else if (event.key === "Escape" && document.activeElement === query) {
    query.value = "";
    search();
  }
});
search();
