// Buttons that only a script can serve; they stay hidden without it. Nothing happens before they are pressed.

function printing(scope) {
  for (const button of scope.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

// The place of the device goes as words into a field that the person sees and may change; it is kept nowhere else.
function locating(scope) {
  if (!("geolocation" in navigator)) return;
  for (const button of scope.querySelectorAll("button[data-locate]")) {
    button.hidden = false;
    button.addEventListener("click", () => locate(button, document.getElementById(button.dataset.locate)));
  }
}

function locate(button, field) {
  const said = document.getElementById("live");
  const say = (text) => { if (said) said.textContent = text; };
  say(button.dataset.busy);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const words = { lat: coords.latitude.toFixed(5), lon: coords.longitude.toFixed(5), metres: Math.round(coords.accuracy) };
      const text = button.dataset.form.replace(/\{(\w+)\}/g, (_, name) => words[name]);
      field.value = [field.value.trim(), text].filter(Boolean).join(" ");
      say(text);
      field.focus();
    },
    () => { button.textContent = button.dataset.failed; say(button.dataset.failed); },
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
  );
}

export function extras(scope) {
  printing(scope);
  locating(scope);
}
