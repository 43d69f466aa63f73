// Search as one types: fetches the results of the form and puts them in place. Without this file the form does it.
const form = document.querySelector("form[data-results]");
const results = document.getElementById(form.dataset.results);
const count = document.getElementById("count"); // read aloud when it changes
let waiting, asked;

async function search() {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const reply = await fetch(address, { headers: { "X-Page-Part": "results" }, signal: asked.signal });
    if (!reply.ok) { form.submit(); return; }
    results.innerHTML = await reply.text();
    count.textContent = results.querySelector(".count")?.textContent ?? "";
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 80); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); search(); });
