<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="mn" sourcelanguage="en">
<context>
    <name>ReportPdf</name>
    <message>
        <source>Report of an abusive call</source>
        <translation>Доромжилсон дуудлагын тайлан</translation>
    </message>
    <message>
        <source>Report of a call in a crisis</source>
        <translation>Хямралд орсон хүний дуудлагын тайлан</translation>
    </message>
    <message>
        <source>Copy with personal data masked</source>
        <translation>Хувийн мэдээллийг далдалсан хуулбар</translation>
    </message>
    <message>
        <source>Original with personal data: handle with care</source>
        <translation>Хувийн мэдээлэлтэй эх хувь: болгоомжтой хандана уу</translation>
    </message>
    <message>
        <source>Practice: this call was an exercise, nothing of it happened.</source>
        <translation>Дадлага: энэ нь дадлагын дуудлага, бодитоор болоогүй.</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Баримт</translation>
    </message>
    <message>
        <source>Report number</source>
        <translation>Тайлангийн дугаар</translation>
    </message>
    <message>
        <source>Id in the records</source>
        <translation>Бүртгэл дэх дугаар</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Байгууллага</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Дуудлага</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Чиглэл</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>орсон</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>гарсан</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>Нөгөө тал</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Оператор</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Дараалал</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Баг</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>Ажлын байр</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Эхэлсэн</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Дууссан</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>Тасалсан тал</translation>
    </message>
    <message>
        <source>the agent</source>
        <translation>оператор</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>нөгөө тал</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>сүлжээ</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Үргэлжлэх хугацаа</translation>
    </message>
    <message>
        <source>Quality of the line</source>
        <translation>Шугамын чанар</translation>
    </message>
    <message>
        <source>loss at most {loss} %, jitter at most {jitter} ms, MOS at least {mos}</source>
        <translation>алдагдал ихдээ {loss} %, хэлбэлзэл ихдээ {jitter} мс, MOS багадаа {mos}</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>Яриа таних загвар</translation>
    </message>
    <message>
        <source>Earlier calls of this number</source>
        <translation>Энэ дугаарын өмнөх дуудлага</translation>
    </message>
    <message>
        <source>24 h {day} · 30 days {month} · 6 months {half_year}</source>
        <translation>24 цаг {day} · 30 хоног {month} · 6 сар {half_year}</translation>
    </message>
    <message>
        <source>Earlier incidents of this number</source>
        <translation>Энэ дугаарын өмнөх тохиолдол</translation>
    </message>
    <message>
        <source>Standing of this number</source>
        <translation>Энэ дугаарын төлөв</translation>
    </message>
    <message>
        <source>nothing that counts</source>
        <translation>тооцогдох зүйлгүй</translation>
    </message>
    <message>
        <source>attention: {class_id}</source>
        <translation>анхаарах: {class_id}</translation>
    </message>
    <message>
        <source>What happened, in order</source>
        <translation>Болсон явдал дарааллаараа</translation>
    </message>
    <message>
        <source>Third party</source>
        <translation>Гуравдагч этгээд</translation>
    </message>
    <message>
        <source>The call began.</source>
        <translation>Дуудлага эхэлсэн.</translation>
    </message>
    <message>
        <source>The call was answered.</source>
        <translation>Дуудлагад хариулсан.</translation>
    </message>
    <message>
        <source>The call ended, by: {who}</source>
        <translation>Дуудлага дууссан, тасалсан: {who}</translation>
    </message>
    <message>
        <source>Noticed by the program: {labels}</source>
        <translation>Программ илрүүлсэн: {labels}</translation>
    </message>
    <message>
        <source>Marked by the agent: {labels}</source>
        <translation>Оператор тэмдэглэсэн: {labels}</translation>
    </message>
    <message>
        <source>the agent said that this is wrong</source>
        <translation>оператор буруу гэж тэмдэглэсэн</translation>
    </message>
    <message>
        <source>heard by the agent</source>
        <translation>оператор өөрөө сонссон</translation>
    </message>
    <message>
        <source>machine text, not confirmed</source>
        <translation>машины бичвэр, батлагдаагүй</translation>
    </message>
    <message>
        <source>machine text, unsure, not confirmed</source>
        <translation>машины бичвэр, эргэлзээтэй, батлагдаагүй</translation>
    </message>
    <message>
        <source>Warnings given</source>
        <translation>Өгсөн анхааруулга</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Анхааруулга</translation>
    </message>
    <message>
        <source>said by the agent</source>
        <translation>оператор хэлсэн</translation>
    </message>
    <message>
        <source>played by the program</source>
        <translation>программ тоглуулсан</translation>
    </message>
    <message>
        <source>played by the exchange</source>
        <translation>станц тоглуулсан</translation>
    </message>
    <message>
        <source>Who was called</source>
        <translation>Хэнд залгасан</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Ахлагч</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>Цагдаа</translation>
    </message>
    <message>
        <source>Emergency or crisis line</source>
        <translation>Яаралтай эсвэл хямралын утас</translation>
    </message>
    <message>
        <source>answered {time}</source>
        <translation>{time}-д хариулсан</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>хариулаагүй</translation>
    </message>
    <message>
        <source>none</source>
        <translation>байхгүй</translation>
    </message>
    <message>
        <source>The agent&apos;s report</source>
        <translation>Операторын тайлан</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Төрөл</translation>
    </message>
    <message>
        <source>verbal abuse</source>
        <translation>хэл амаар доромжлох</translation>
    </message>
    <message>
        <source>sexual harassment</source>
        <translation>бэлгийн дарамт</translation>
    </message>
    <message>
        <source>threat</source>
        <translation>заналхийлэл</translation>
    </message>
    <message>
        <source>long or repeated calls</source>
        <translation>удаан эсвэл давтан дуудлага</translation>
    </message>
    <message>
        <source>prank or false report</source>
        <translation>тоглоом эсвэл худал мэдээлэл</translation>
    </message>
    <message>
        <source>other</source>
        <translation>бусад</translation>
    </message>
    <message>
        <source>caller in a crisis, no abuse</source>
        <translation>хямралд орсон хүн, доромжлол биш</translation>
    </message>
    <message>
        <source>Crisis path</source>
        <translation>Хямралын дуудлага</translation>
    </message>
    <message>
        <source>Where the caller is</source>
        <translation>Дуудсан хүн хаана байгаа</translation>
    </message>
    <message>
        <source>Found out</source>
        <translation>Тодруулсан зүйл</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>Холбосон газар</translation>
    </message>
    <message>
        <source>Why it was no crisis</source>
        <translation>Хямрал биш байсан шалтгаан</translation>
    </message>
    <message>
        <source>Concrete threat</source>
        <translation>Тодорхой заналхийлэл</translation>
    </message>
    <message>
        <source>How the agent is</source>
        <translation>Операторын байдал</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>зүгээр</translation>
    </message>
    <message>
        <source>shaken</source>
        <translation>цочирдсон</translation>
    </message>
    <message>
        <source>hurt</source>
        <translation>хүнд байна</translation>
    </message>
    <message>
        <source>Wants no more calls of this person</source>
        <translation>Энэ хүний дуудлагыг авахыг хүсэхгүй</translation>
    </message>
    <message>
        <source>Wants counselling</source>
        <translation>Сэтгэл зүйн зөвлөгөө хүсэж байна</translation>
    </message>
    <message>
        <source>Wants to press charges</source>
        <translation>Гомдол гаргах хүсэлтэй</translation>
    </message>
    <message>
        <source>decides later</source>
        <translation>дараа шийднэ</translation>
    </message>
    <message>
        <source>Police called</source>
        <translation>Цагдаад дуудлага өгсөн</translation>
    </message>
    <message>
        <source>Reference of the police</source>
        <translation>Цагдаагийн бүртгэлийн дугаар</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>хэлээгүй</translation>
    </message>
    <message>
        <source>Rest after the incident</source>
        <translation>Тохиолдлын дараах амралт</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>{begin}-аас {end} хүртэл</translation>
    </message>
    <message>
        <source>since {begin}</source>
        <translation>{begin}-аас</translation>
    </message>
    <message>
        <source>What the caller asked for</source>
        <translation>Дуудагчийн хүсэлт</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Тэмдэглэл</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Илгээсэн</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>илгээгээгүй</translation>
    </message>
    <message>
        <source>Confirmed by the agent</source>
        <translation>Ажилтан баталгаажуулсан</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Буцаан татсан</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>тийм</translation>
    </message>
    <message>
        <source>no</source>
        <translation>үгүй</translation>
    </message>
    <message>
        <source>Hashes (SHA-256)</source>
        <translation>Хэш (SHA-256)</translation>
    </message>
    <message>
        <source>Version {number}, {time}</source>
        <translation>Хувилбар {number}, {time}</translation>
    </message>
    <message>
        <source>End of the chain</source>
        <translation>Гинжний төгсгөл</translation>
    </message>
    <message>
        <source>The chain of evidence was checked and is whole.</source>
        <translation>Нотлох баримтын гинжийг шалгасан, бүрэн бүтэн байна.</translation>
    </message>
    <message>
        <source>The chain of evidence is broken at: {place}</source>
        <translation>Нотлох баримтын гинж тасарсан: {place}</translation>
    </message>
    <message>
        <source>Who saw the original</source>
        <translation>Эх хувийг үзсэн хүн</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>{pages} хуудасны {page}</translation>
    </message>
    <message>
        <source>Printed {time}</source>
        <translation>Хэвлэсэн {time}</translation>
    </message>
</context>
</TS>
