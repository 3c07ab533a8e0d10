// One press of a button or one choice, sent to the local Slack with the state of everything around it.
import { post, sentence } from "./api.js";
import { notice } from "./notice.js";
import { state } from "./state.js";
import { readState } from "./values.js";

// `root` answers the element that holds all blocks of the container; `after` is told when the answer is in.
export function actor(container, root, after) {
  return async (element, block, value, node) => {
    node.setAttribute("aria-busy", "true");
    try {
      const { type: _, ...given } = value;
      const body = {
        user: state.user,
        container,
        action_id: element.action_id,
        block_id: block.block_id,
        type: element.type,
        ...given,
        state: readState(root()),
      };
      const answer = await post("/_local/action", body);
      if (answer.ok === false || answer.error) notice(sentence(answer.error || "dispatch_failed"), "trouble");
    } catch (error) {
      notice(sentence(error), "trouble");
    } finally {
      node.removeAttribute("aria-busy");
      await after();
    }
  };
}
