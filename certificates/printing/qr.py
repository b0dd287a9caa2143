"""A QR code as PDF operators: 0.1 ms, where a picture of it costs many times more."""

from math import isqrt

import zxingcpp


def qr_operators(text: str) -> str:
    """Return what draws a QR code into a square of one unit, downwards.

    Dark modules that touch in a row are one rectangle. The white margin around is the
    page's business: at least four modules.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image).tobytes()  # type: ignore[arg-type]  # it is a buffer
    side = isqrt(len(modules))
    parts = [f"{1 / side:.6f} 0 0 {1 / side:.6f} 0 0 cm 0.06 0.11 0.2 rg"]
    for top in range(side):
        row = modules[top * side : (top + 1) * side] + b"\xff"
        left = 0
        while (start := row.find(0, left)) >= 0:
            left = row.index(255, start)
            parts.append(f"{start} {top} {left - start} 1 re")
    return " ".join([*parts, "f"])
