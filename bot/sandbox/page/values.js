// The value of every input on the page: who holds it, how it is read back as Slack's view state.

const readers = new WeakMap();

// Makes `node` the holder of the value of one element; `read` answers in the shape of view.state.values.
export function holds(node, block, element, read) {
  node.dataset.holder = element.action_id ?? "";
  node.dataset.block = block.block_id ?? "";
  readers.set(node, read);
  return node;
}

export function readState(root) {
  const values = {};
  for (const node of root.querySelectorAll("[data-holder]")) {
    const block = (values[node.dataset.block] ??= {});
    block[node.dataset.holder] = readers.get(node)();
  }
  return values;
}

export function kept(ctx, block, element) {
  return ctx.kept?.[block.block_id]?.[element.action_id] ?? null;
}

const EMPTY = (value) => value === null || value === undefined || value === "" || value.length === 0;

export function given(value) {
  const { type, ...rest } = value;
  return Object.values(rest).some((item) => !EMPTY(item));
}

const REQUIRED = "Please complete this required field.";

function length(element, value) {
  const size = [...(value.value || "")].length;
  if (element.max_length && size > element.max_length) {
    return `Please keep this to ${element.max_length} characters; it has ${size} now.`;
  }
  if (element.min_length && size < element.min_length) return `Please write at least ${element.min_length} characters.`;
  return null;
}

const SHAPES = {
  email_text_input: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : "Please enter an e-mail address, such as name@example.org."),
  url_text_input: (value) => (URL.canParse(value) && /^https?:/i.test(value) ? null : "Please enter a link that begins with https://."),
  number_input: (value, element) => number(value, element),
};

function number(value, element) {
  const amount = Number(value);
  if (Number.isNaN(amount)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(amount)) return "Please enter a whole number.";
  if (element.min_value != null && amount < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
  if (element.max_value != null && amount > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
  return null;
}

function complaint(block, value) {
  if (!value || !given(value)) return block.optional ? null : REQUIRED;
  const shape = SHAPES[block.element.type];
  return length(block.element, value) || (shape ? shape(value.value, block.element) : null);
}

// What Slack itself refuses before an app hears of a submission: {block_id: sentence}.
export function complaints(blocks, values) {
  const found = {};
  for (const block of blocks.filter((item) => item.type === "input")) {
    const words = complaint(block, values[block.block_id]?.[block.element.action_id]);
    if (words) found[block.block_id] = words;
  }
  return found;
}
