/** Shows a sentence at the top of the page and tells it to screen readers. */
export function say(sentence: string): void {
  const place = document.querySelector('#said');
  if (place !== null) place.textContent = sentence;
}
