"""How a letter looks: styles written at each element, for mail programmes know neither our tokens nor a stylesheet."""

INK, PALE, PAPER, SHEET, LINE, EMBER = "#26231f", "#6b6459", "#faf8f4", "#ffffff", "#e6e1d8", "#963215"
FONT = "-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif"

LOOK = {
    "body": f"margin:0;padding:16px;background:{PAPER};color:{INK};font:14px/1.6 {FONT}",
    "card": f"max-width:600px;margin:0 auto;background:{SHEET};border:1px solid {LINE};border-radius:10px",
    "head": f"padding:16px 20px;border-bottom:1px solid {LINE};font-size:15px",
    "part": f"padding:12px 20px 4px;color:{PALE};font-size:12px;font-weight:600",
    "row": f"padding:12px 20px;border-bottom:1px solid {LINE}",
    "number": f"color:{PALE};display:inline-block;min-width:22px",
    "name": f"color:{INK};font-weight:600;font-size:15px",
    "mark": f"color:{EMBER};font-weight:600",
    "pale": f"color:{PALE}",
    "foot": "padding:14px 20px",
    "button": f"display:inline-block;padding:8px 16px;border-radius:7px;background:{INK};color:{SHEET};"
    "text-decoration:none;font-weight:600",
    "small": f"max-width:600px;margin:12px auto 0;color:{PALE};font-size:12px",
}
