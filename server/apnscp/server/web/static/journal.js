// The journal follows the panel while its first page is open. The page is complete without this file.
const button = document.getElementById("live");
if (button) {
  const every = 2000;
  let running = true;
  button.hidden = false;
  button.addEventListener("click", () => {
    running = !running;
    button.textContent = running ? "Pause" : "Follow";
  });
  const busy = () => document.hidden || !running || document.querySelector("#calls input:checked") || document.querySelector("#calls :focus");
  setInterval(async () => {
    if (busy()) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("calls");
      if (fresh && !busy()) document.getElementById("calls").replaceChildren(...fresh.childNodes);
    } catch {
      running = false;
      button.textContent = "Follow";
    }
  }, every);
}
