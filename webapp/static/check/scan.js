/** Scans a code with the camera where the browser itself can read QR codes; elsewhere the button stays away. */

/** Let `button` open the camera in `video`; `take` gets the text of the first code that is seen. */
export async function offerScan(button, video, take) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let stream;
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      document.getElementById("kamera-ditolak").hidden = false;
      return undefined;
    }
    video.hidden = false;
    button.setAttribute("aria-pressed", "true");
    video.srcObject = stream;
    await video.play();
    return watch();
  });

  async function watch() {
    if (!stream) return;
    const [seen] = await detector.detect(video).catch(() => []);
    if (!seen) return requestAnimationFrame(watch);
    stop();
    take(seen.rawValue);
  }
}
