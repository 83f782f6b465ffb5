/* What comes with the page: the editor's door, and where photos come in. */
import "./editor.js";
import "./drop.js";
