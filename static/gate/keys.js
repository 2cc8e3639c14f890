/* The keys as a US keyboard names them: a scanner presses keys, and the computer may read them as another layout. */
const SIGNS = {
  Space: "  ", Minus: "-_", Equal: "=+", Semicolon: ";:", Slash: "/?", Period: ".>", Comma: ",<",
  NumpadDecimal: "..", NumpadSubtract: "--", NumpadAdd: "++", NumpadMultiply: "**", NumpadDivide: "//",
};
const SHIFTED = ")!@#$%^&*(";
const FAST = 40; // milliseconds a key: no hand types like that

function letter({ code, shiftKey }) {
  const key = code.match(/^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/);
  if (key?.[1]) return key[1];
  if (key?.[2]) return shiftKey ? SHIFTED[key[2]] : key[2];
  if (key?.[3]) return key[3];
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? "";
}

/** Watch a field; `taken()` gives the keys since the last time, `fast()` whether a scanner pressed them. */
export function pressed(field) {
  let text = "";
  let begun = 0;
  let latest = 0;
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!field.value) text = "";
    if (event.code === "Backspace") text = text.slice(0, -1);
    const sign = letter(event);
    if (!sign) return;
    if (!text) begun = event.timeStamp;
    latest = event.timeStamp;
    text += sign;
  });
  return {
    fast: () => text.length >= 8 && (latest - begun) / text.length < FAST,
    taken() {
      const keys = text;
      text = "";
      return keys;
    },
  };
}
