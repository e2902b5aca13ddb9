"""Calls in the other four languages of the answers: what is said and the answer that is read beside it."""

from __future__ import annotations

from desktop.domain.transcript import Leg

DRAWN_IN = {"vi": "en", "mn": "en", "th": "ko", "ja": "ko"}
"""In which language of the window each is drawn: once is enough to see the faces."""

TALKS: dict[str, tuple[str, tuple[tuple[Leg, str], ...]]] = {
    "vi": (
        "VI001",
        (
            (Leg.AGENT, "Tổng đài 120 xin nghe. Tôi có thể giúp gì cho anh chị ạ?"),
            (Leg.CALLER, "Tôi làm mất hộ chiếu hôm 27/11. Xin cấp lại thì nộp ở đâu và mất bao nhiêu ngày?"),
            (Leg.AGENT, "Dạ, anh chị nộp tờ khai trực tuyến hoặc đến trực tiếp cơ quan xuất nhập cảnh."),
        ),
    ),
    "mn": (
        "MN001",
        (
            (Leg.AGENT, "Сайн байна уу, 120 лавлах утас. Танд юугаар туслах вэ?"),
            (Leg.CALLER, "Би өнгөрсөн долоо хоногт паспортаа гээчихсэн. Шинээр авахад хэд хоног болох вэ?"),
            (Leg.AGENT, "Дүүргийнхээ улсын бүртгэлийн хэлтэст өөрөө очиж өргөдлөө өгнө үү."),
        ),
    ),
    "th": (
        "TH001",
        (
            (Leg.AGENT, "สวัสดีค่ะ ศูนย์บริการ 120 ยินดีให้บริการค่ะ"),
            (Leg.CALLER, "ย้ายบ้านมาอยู่ที่นี่ตั้งแต่วันที่ 27 ต้องแจ้งย้ายเข้าทะเบียนบ้านภายในกี่วันคะ ผู้ใหญ่บ้านบอกว่าต้องไปที่อำเภอ"),
            (Leg.AGENT, "แจ้งภายใน 15 วันนับจากวันที่ย้ายเข้าค่ะ นำบัตรประชาชนไปด้วยนะคะ"),
        ),
    ),
    "ja": (
        "JA001",
        (
            (Leg.AGENT, "はい、120番お問い合わせ窓口です。ご用件をお伺いします。"),
            (
                Leg.CALLER,
                "11月27日に隣の市から引っ越してきました。転入届は何日以内に、どこへ出せばいいですか。",
            ),
            (Leg.AGENT, "住み始めた日から14日以内に、市民課か支所の窓口でお手続きください。"),
        ),
    ),
}
"""The article that is read, and who said what; the words were not read by native speakers."""
