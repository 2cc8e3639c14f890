/* Each answer has its own sound and its own buzz, so that nobody needs to look. */
const TONES = { // [hertz, from second, to second]
  ok: [[1175, 0, 0.14]],
  warn: [[740, 0, 0.14], [740, 0.22, 0.36]],
  stop: [[196, 0, 0.6]],
};
const BUZZES = { ok: 80, warn: [120, 90, 120], stop: [260, 90, 260, 90, 260] };
let sound;

/** Sound and buzz for "ok", "warn" or "stop"; silent where the browser allows neither. */
export function signal(tone) {
  if (!TONES[tone]) return;
  navigator.vibrate?.(BUZZES[tone]);
  try {
    sound ??= new AudioContext();
    if (sound.state === "suspended") sound.resume().catch(() => {});
    for (const [hertz, from, to] of TONES[tone]) beep(hertz, sound.currentTime + from, sound.currentTime + to);
  } catch {
    /* no loudspeaker: colour, icon and words are there */
  }
}

function beep(hertz, from, to) {
  const [voice, volume] = [sound.createOscillator(), sound.createGain()];
  voice.type = hertz < 300 ? "sawtooth" : "triangle";
  voice.frequency.value = hertz;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(0.5, from + 0.01);
  volume.gain.setValueAtTime(0.5, to - 0.03);
  volume.gain.linearRampToValueAtTime(0, to);
  voice.connect(volume).connect(sound.destination);
  voice.start(from);
  voice.stop(to);
}
