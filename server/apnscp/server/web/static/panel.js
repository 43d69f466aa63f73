// Copy buttons: shown only where a script can copy. Pages are complete without this file.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = button.closest("figure").querySelector("code").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // over plain HTTP browsers have no clipboard for scripts: select the text instead, for Ctrl-C
      getSelection().selectAllChildren(button.closest("figure").querySelector("code"));
      button.textContent = "Selected; press Ctrl-C";
      return;
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
