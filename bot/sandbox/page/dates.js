// Dates as a British reader expects them: "Sunday 22 November 2026".

function parts(date, options) {
  const formatted = new Intl.DateTimeFormat("en-GB", options).formatToParts(date);
  return Object.fromEntries(formatted.map(({ type, value }) => [type, value]));
}

export function fullDay(iso) {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || "");
  if (!match) return "";
  const date = new Date(Date.UTC(+match[1], +match[2] - 1, +match[3]));
  if (Number.isNaN(date.getTime())) return "";
  return longDate(date, "UTC", true);
}

function longDate(date, zone, weekday) {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: zone };
  const { weekday: name, day, month, year } = parts(date, options);
  return weekday ? `${name} ${day} ${month} ${year}` : `${day} ${month} ${year}`;
}

function shortDate(date, zone) {
  const { day, month, year } = parts(date, { day: "numeric", month: "short", year: "numeric", timeZone: zone });
  return `${day} ${month} ${year}`;
}

function clockTime(date, zone, seconds) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  if (seconds) options.second = "2-digit";
  const { hour, minute, second } = parts(date, options);
  return seconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
}

function numeric(date, zone) {
  const { day, month, year } = parts(date, { day: "2-digit", month: "2-digit", year: "numeric", timeZone: zone });
  return `${year}-${month}-${day}`;
}

// The tokens of Slack's <!date^…^format|fallback>; null when the stamp is no date.
export function slackDate(stamp, format, zone) {
  const date = new Date(Number(stamp) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const words = {
    date_num: numeric(date, zone),
    date: longDate(date, zone, false),
    date_short: shortDate(date, zone),
    date_long: longDate(date, zone, true),
    time: clockTime(date, zone, false),
    time_secs: clockTime(date, zone, true),
    ago: longDate(date, zone, false),
  };
  return format.replace(/\{(\w+?)(_pretty)?\}/g, (whole, token) => words[token] ?? whole);
}

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
