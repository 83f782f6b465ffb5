/** Resolves with the photo when it is so far; with null when it is refused or gone. `onShare` hears of its way. */
export function waitForPhoto(workspace, id, isSo, onShare = () => {}) {
  return new Promise((settle) => {
    const look = () => {
      const photo = workspace.photos.get(workspace.findCurrentId(id));
      const lost = !photo || photo.state === "refused";
      if (!lost && !isSo(photo)) return onShare(photo.local ? photo.share : null);
      workspace.removeEventListener("change", look);
      settle(lost ? null : photo);
    };
    workspace.addEventListener("change", look);
    look();
  });
}
