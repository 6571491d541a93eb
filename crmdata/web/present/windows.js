// What the windows of this browser tell each other. Wall and desk hear each other by the slides that
// they show; a desk whose wall was left or closed goes along with the next wall that begins.
const DESK_SIZE = "popup,width=1280,height=800", ANSWERS = 1000;

// The one question of this window that waits for an answer, whatever is drawn anew meanwhile.
let asking = 0;
const answered = () => { clearTimeout(asking); asking = 0; };
const orElse = (act) => { answered(); asking = setTimeout(() => { asking = 0; act(); }, ANSWERS); };

function joinWindows(stage, data, before, { here, address, go, black, wish, elsewhere }) {
  const own = new BroadcastChannel(`crmdata:${data.deck}`), walls = new BroadcastChannel("crmdata:walls");
  const tell = (what) => own.postMessage(what);
  let hasDesk = before?.windows.hasDesk() ?? false;
  const stays = () => stage.isConnected && !stage.crm.left;
  // Whichever way the desk was opened, the window that it came from can bring it to the front.
  const held = () => (window.crmDesk && !window.crmDesk.closed ? window.crmDesk : null);
  const register = () => {
    try { if (window.opener) window.opener.crmDesk = window; } catch { /* somebody else's page */ }
  };
  const openDesk = (wish) => { window.crmDesk = window.open(address(wish), data.desk_window, DESK_SIZE); };
  const standsHere = () => tell({ wall: true, to: here() });
  const gone = () => tell({ gone: true });

  const atWall = (heard) => {
    if (heard.ask) standsHere();
    if (heard.gone) hasDesk = false;
    if (heard.black) black();
    if (!heard.desk) return;
    hasDesk = true;
    if (asking && !held()) elsewhere();
    answered();
  };
  const atDesk = (heard) => {
    if (heard.wall) { answered(); register(); }
    if (heard.wall || heard.wish) tell({ desk: true });
    if (heard.wish) wish(heard.wish);
  };
  own.onmessage = ({ data: heard }) => {
    if (data.desk) atDesk(heard); else atWall(heard);
    if (heard.to) go(heard.to, false);
  };
  // Another presentation is none of a desk's business, unless it has none of its own any more.
  if (data.desk) walls.onmessage = ({ data: wall }) => {
    if (wall.deck === data.deck) return;
    tell({ ask: true });
    orElse(() => { if (stays()) window.crmPage.goTo(wall.address, { replaces: true }); });
  };
  if (data.desk) window.addEventListener("pagehide", gone);
  return {
    tell,
    hasDesk: () => hasDesk,
    begin() {
      if (data.desk) { tell({ ask: true }); return; }
      standsHere();
      if (!before) walls.postMessage({ deck: data.deck, address: address("1") });
    },
    // A wall has one desk: it is asked where there is one, and opened where none answers.
    wishAtDesk(wish) {
      const desk = held();
      if (!desk && !hasDesk) { openDesk(wish); return; }
      desk?.focus();
      tell({ wish });
      orElse(() => { if (stays()) openDesk(wish); });
    },
    end() {
      window.removeEventListener("pagehide", gone);
      own.close();
      walls.close();
    },
  };
}
