<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="th" sourcelanguage="en">
<context>
    <name>ReportPdf</name>
    <message>
        <source>Report of an abusive call</source>
        <translation>รายงานการโทรที่ไม่เหมาะสม</translation>
    </message>
    <message>
        <source>Report of a call in a crisis</source>
        <translation>รายงานการโทรในภาวะวิกฤต</translation>
    </message>
    <message>
        <source>Copy with personal data masked</source>
        <translation>สำเนาที่ปิดข้อมูลส่วนบุคคล</translation>
    </message>
    <message>
        <source>Original with personal data: handle with care</source>
        <translation>ต้นฉบับมีข้อมูลส่วนบุคคล โปรดระวัง</translation>
    </message>
    <message>
        <source>Practice: this call was an exercise, nothing of it happened.</source>
        <translation>ฝึกซ้อม: สายนี้เป็นการฝึกซ้อม ไม่ได้เกิดขึ้นจริง</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>ข้อเท็จจริง</translation>
    </message>
    <message>
        <source>Report number</source>
        <translation>เลขที่รายงาน</translation>
    </message>
    <message>
        <source>Id in the records</source>
        <translation>รหัสในบันทึก</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>หน่วยงาน</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>การโทร</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>ทิศทาง</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>สายเข้า</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>สายออก</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>อีกฝ่าย</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>เจ้าหน้าที่</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>คิวสาย</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>ทีม</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>ที่นั่งทำงาน</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>เริ่ม</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>สิ้นสุด</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>ผู้วางสาย</translation>
    </message>
    <message>
        <source>the agent</source>
        <translation>เจ้าหน้าที่</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>อีกฝ่าย</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>เครือข่าย</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>ระยะเวลา</translation>
    </message>
    <message>
        <source>Quality of the line</source>
        <translation>คุณภาพสาย</translation>
    </message>
    <message>
        <source>loss at most {loss} %, jitter at most {jitter} ms, MOS at least {mos}</source>
        <translation>สูญหายสูงสุด {loss} % จิตเตอร์สูงสุด {jitter} ms MOS ต่ำสุด {mos}</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>แบบจำลองรู้จำเสียง</translation>
    </message>
    <message>
        <source>Earlier calls of this number</source>
        <translation>สายก่อนหน้าของหมายเลขนี้</translation>
    </message>
    <message>
        <source>24 h {day} · 30 days {month} · 6 months {half_year}</source>
        <translation>24 ชม. {day} · 30 วัน {month} · 6 เดือน {half_year}</translation>
    </message>
    <message>
        <source>Earlier incidents of this number</source>
        <translation>เหตุการณ์ก่อนหน้าของหมายเลขนี้</translation>
    </message>
    <message>
        <source>Standing of this number</source>
        <translation>สถานะของหมายเลขนี้</translation>
    </message>
    <message>
        <source>nothing that counts</source>
        <translation>ไม่มีเหตุที่นับ</translation>
    </message>
    <message>
        <source>attention: {class_id}</source>
        <translation>ควรระวัง: {class_id}</translation>
    </message>
    <message>
        <source>What happened, in order</source>
        <translation>ลำดับเหตุการณ์</translation>
    </message>
    <message>
        <source>Third party</source>
        <translation>บุคคลที่สาม</translation>
    </message>
    <message>
        <source>The call began.</source>
        <translation>เริ่มการโทร</translation>
    </message>
    <message>
        <source>The call was answered.</source>
        <translation>รับสายแล้ว</translation>
    </message>
    <message>
        <source>The call ended, by: {who}</source>
        <translation>สิ้นสุดการโทร โดย: {who}</translation>
    </message>
    <message>
        <source>Noticed by the program: {labels}</source>
        <translation>โปรแกรมตรวจพบ: {labels}</translation>
    </message>
    <message>
        <source>Marked by the agent: {labels}</source>
        <translation>เจ้าหน้าที่ทำเครื่องหมาย: {labels}</translation>
    </message>
    <message>
        <source>the agent said that this is wrong</source>
        <translation>เจ้าหน้าที่ระบุว่าไม่ถูกต้อง</translation>
    </message>
    <message>
        <source>heard by the agent</source>
        <translation>เจ้าหน้าที่ได้ยินเอง</translation>
    </message>
    <message>
        <source>machine text, not confirmed</source>
        <translation>ข้อความจากเครื่อง ยังไม่ยืนยัน</translation>
    </message>
    <message>
        <source>machine text, unsure, not confirmed</source>
        <translation>ข้อความจากเครื่อง ไม่แน่ใจ ยังไม่ยืนยัน</translation>
    </message>
    <message>
        <source>Warnings given</source>
        <translation>คำเตือนที่แจ้ง</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>คำเตือน</translation>
    </message>
    <message>
        <source>said by the agent</source>
        <translation>เจ้าหน้าที่พูด</translation>
    </message>
    <message>
        <source>played by the program</source>
        <translation>โปรแกรมเล่นเสียง</translation>
    </message>
    <message>
        <source>played by the exchange</source>
        <translation>ตู้สาขาเล่นเสียง</translation>
    </message>
    <message>
        <source>Who was called</source>
        <translation>โทรหาใคร</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>หัวหน้างาน</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>ตำรวจ</translation>
    </message>
    <message>
        <source>Emergency or crisis line</source>
        <translation>สายฉุกเฉินหรือสายวิกฤต</translation>
    </message>
    <message>
        <source>answered {time}</source>
        <translation>รับสายเวลา {time}</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>ไม่รับสาย</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ไม่มี</translation>
    </message>
    <message>
        <source>The agent&apos;s report</source>
        <translation>รายงานของเจ้าหน้าที่</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>ประเภท</translation>
    </message>
    <message>
        <source>verbal abuse</source>
        <translation>ด่าทอ</translation>
    </message>
    <message>
        <source>sexual harassment</source>
        <translation>คุกคามทางเพศ</translation>
    </message>
    <message>
        <source>threat</source>
        <translation>ข่มขู่</translation>
    </message>
    <message>
        <source>long or repeated calls</source>
        <translation>โทรนานหรือซ้ำ</translation>
    </message>
    <message>
        <source>prank or false report</source>
        <translation>ก่อกวนหรือแจ้งเท็จ</translation>
    </message>
    <message>
        <source>other</source>
        <translation>อื่น ๆ</translation>
    </message>
    <message>
        <source>caller in a crisis, no abuse</source>
        <translation>ผู้โทรอยู่ในภาวะวิกฤต ไม่ใช่การคุกคาม</translation>
    </message>
    <message>
        <source>Crisis path</source>
        <translation>การดูแลภาวะวิกฤต</translation>
    </message>
    <message>
        <source>Where the caller is</source>
        <translation>ผู้โทรอยู่ที่ไหน</translation>
    </message>
    <message>
        <source>Found out</source>
        <translation>สิ่งที่ทราบแล้ว</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>หน่วยงานที่ต่อสาย</translation>
    </message>
    <message>
        <source>Why it was no crisis</source>
        <translation>เหตุที่ไม่ใช่ภาวะวิกฤต</translation>
    </message>
    <message>
        <source>Concrete threat</source>
        <translation>ภัยคุกคามที่ชัดเจน</translation>
    </message>
    <message>
        <source>How the agent is</source>
        <translation>สภาพของเจ้าหน้าที่</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>ปกติ</translation>
    </message>
    <message>
        <source>shaken</source>
        <translation>ตกใจ</translation>
    </message>
    <message>
        <source>hurt</source>
        <translation>เจ็บช้ำ</translation>
    </message>
    <message>
        <source>Wants no more calls of this person</source>
        <translation>ไม่ประสงค์รับสายบุคคลนี้</translation>
    </message>
    <message>
        <source>Wants counselling</source>
        <translation>ต้องการคำปรึกษา</translation>
    </message>
    <message>
        <source>Wants to press charges</source>
        <translation>ต้องการแจ้งความดำเนินคดี</translation>
    </message>
    <message>
        <source>decides later</source>
        <translation>ตัดสินใจภายหลัง</translation>
    </message>
    <message>
        <source>Police called</source>
        <translation>แจ้งตำรวจแล้ว</translation>
    </message>
    <message>
        <source>Reference of the police</source>
        <translation>เลขรับแจ้งของตำรวจ</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>ไม่ได้ระบุ</translation>
    </message>
    <message>
        <source>Rest after the incident</source>
        <translation>การพักหลังเกิดเหตุ</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>ตั้งแต่ {begin} ถึง {end}</translation>
    </message>
    <message>
        <source>since {begin}</source>
        <translation>ตั้งแต่ {begin}</translation>
    </message>
    <message>
        <source>What the caller asked for</source>
        <translation>สิ่งที่ผู้โทรต้องการ</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>บันทึก</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>ส่งแล้ว</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>ยังไม่ส่ง</translation>
    </message>
    <message>
        <source>Confirmed by the agent</source>
        <translation>เจ้าหน้าที่ยืนยันแล้ว</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>ถอนรายงานแล้ว</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ใช่</translation>
    </message>
    <message>
        <source>no</source>
        <translation>ไม่</translation>
    </message>
    <message>
        <source>Hashes (SHA-256)</source>
        <translation>ค่าแฮช (SHA-256)</translation>
    </message>
    <message>
        <source>Version {number}, {time}</source>
        <translation>ฉบับที่ {number}, {time}</translation>
    </message>
    <message>
        <source>End of the chain</source>
        <translation>ปลายห่วงโซ่</translation>
    </message>
    <message>
        <source>The chain of evidence was checked and is whole.</source>
        <translation>ตรวจสอบห่วงโซ่หลักฐานแล้ว ครบถ้วน</translation>
    </message>
    <message>
        <source>The chain of evidence is broken at: {place}</source>
        <translation>ห่วงโซ่หลักฐานขาดที่: {place}</translation>
    </message>
    <message>
        <source>Who saw the original</source>
        <translation>ผู้ที่ดูต้นฉบับ</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>หน้า {page} จาก {pages}</translation>
    </message>
    <message>
        <source>Printed {time}</source>
        <translation>พิมพ์เมื่อ {time}</translation>
    </message>
</context>
</TS>
