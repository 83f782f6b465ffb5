/* What comes with the page: the editor's door, and where photos come in; and what counts its use. */
import "./editor.js";
import "./drop.js";
import "../take/address.js";
import "../measure/page.js";
