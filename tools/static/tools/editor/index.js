/* What comes with the page: the editor's door, and where photos come in; and what counts its use. */
import "./editor.js";
import "./uploads/drop_zone.js";
import "./uploads/image_link.js";
import "../analytics/page_events.js";
