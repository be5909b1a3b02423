/**
 * Puts a ready sentence into a text at once, where the cursor stands. Without this the button asks the server for it.
 * The text is named by the place (`data-into`), or chosen in its second list by the name of its question.
 */
export function begin(place) {
  const [chosen, aim] = place.querySelectorAll("select");
  const into = () => (aim ? document.getElementsByName(aim.value)[0] : document.getElementById(place.dataset.into));
  place.querySelector("button").addEventListener("click", (event) => {
    const sentence = chosen.selectedOptions[0]?.dataset.text;
    const text = into();
    if (!text) return;
    event.preventDefault();
    if (!sentence) return chosen.focus();
    text.setRangeText(sentence, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
}
