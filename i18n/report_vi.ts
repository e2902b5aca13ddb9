<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name>ReportPdf</name>
    <message>
        <source>Report of an abusive call</source>
        <translation>Báo cáo cuộc gọi xúc phạm</translation>
    </message>
    <message>
        <source>Report of a call in a crisis</source>
        <translation>Báo cáo cuộc gọi khủng hoảng</translation>
    </message>
    <message>
        <source>Copy with personal data masked</source>
        <translation>Bản sao đã che dữ liệu cá nhân</translation>
    </message>
    <message>
        <source>Original with personal data: handle with care</source>
        <translation>Bản gốc có dữ liệu cá nhân: cần bảo mật</translation>
    </message>
    <message>
        <source>Practice: this call was an exercise, nothing of it happened.</source>
        <translation>Luyện tập: đây là cuộc gọi luyện tập, không có việc gì xảy ra thật.</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Thông tin</translation>
    </message>
    <message>
        <source>Report number</source>
        <translation>Số báo cáo</translation>
    </message>
    <message>
        <source>Id in the records</source>
        <translation>Mã trong hồ sơ</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Cơ quan</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Cuộc gọi</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Chiều gọi</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>gọi đến</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>gọi đi</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>Phía bên kia</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Nhân viên</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Hàng đợi</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Nhóm</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>Chỗ làm việc</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Bắt đầu</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Kết thúc</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>Bên kết thúc</translation>
    </message>
    <message>
        <source>the agent</source>
        <translation>nhân viên</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>phía bên kia</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>mạng</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Thời lượng</translation>
    </message>
    <message>
        <source>Quality of the line</source>
        <translation>Chất lượng đường truyền</translation>
    </message>
    <message>
        <source>loss at most {loss} %, jitter at most {jitter} ms, MOS at least {mos}</source>
        <translation>mất gói tối đa {loss} %, jitter tối đa {jitter} ms, MOS thấp nhất {mos}</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>Mô hình nhận dạng giọng nói</translation>
    </message>
    <message>
        <source>Earlier calls of this number</source>
        <translation>Các cuộc gọi trước của số này</translation>
    </message>
    <message>
        <source>24 h {day} · 30 days {month} · 6 months {half_year}</source>
        <translation>24 giờ {day} · 30 ngày {month} · 6 tháng {half_year}</translation>
    </message>
    <message>
        <source>Earlier incidents of this number</source>
        <translation>Sự việc trước đây của số này</translation>
    </message>
    <message>
        <source>Standing of this number</source>
        <translation>Tình trạng của số này</translation>
    </message>
    <message>
        <source>nothing that counts</source>
        <translation>không có gì được tính</translation>
    </message>
    <message>
        <source>attention: {class_id}</source>
        <translation>cần lưu ý: {class_id}</translation>
    </message>
    <message>
        <source>What happened, in order</source>
        <translation>Diễn biến theo thứ tự</translation>
    </message>
    <message>
        <source>Third party</source>
        <translation>Bên thứ ba</translation>
    </message>
    <message>
        <source>The call began.</source>
        <translation>Cuộc gọi bắt đầu.</translation>
    </message>
    <message>
        <source>The call was answered.</source>
        <translation>Cuộc gọi được trả lời.</translation>
    </message>
    <message>
        <source>The call ended, by: {who}</source>
        <translation>Cuộc gọi kết thúc, bởi: {who}</translation>
    </message>
    <message>
        <source>Noticed by the program: {labels}</source>
        <translation>Chương trình nhận thấy: {labels}</translation>
    </message>
    <message>
        <source>Marked by the agent: {labels}</source>
        <translation>Nhân viên đánh dấu: {labels}</translation>
    </message>
    <message>
        <source>the agent said that this is wrong</source>
        <translation>nhân viên cho là sai</translation>
    </message>
    <message>
        <source>heard by the agent</source>
        <translation>nhân viên đã nghe</translation>
    </message>
    <message>
        <source>machine text, not confirmed</source>
        <translation>văn bản do máy ghi, chưa xác nhận</translation>
    </message>
    <message>
        <source>machine text, unsure, not confirmed</source>
        <translation>văn bản do máy ghi, không chắc, chưa xác nhận</translation>
    </message>
    <message>
        <source>Warnings given</source>
        <translation>Cảnh báo đã đưa ra</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>said by the agent</source>
        <translation>nhân viên nói</translation>
    </message>
    <message>
        <source>played by the program</source>
        <translation>chương trình phát</translation>
    </message>
    <message>
        <source>played by the exchange</source>
        <translation>tổng đài phát</translation>
    </message>
    <message>
        <source>Who was called</source>
        <translation>Đã gọi cho ai</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Người giám sát</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>Công an</translation>
    </message>
    <message>
        <source>Emergency or crisis line</source>
        <translation>Đường dây khẩn cấp hoặc khủng hoảng</translation>
    </message>
    <message>
        <source>answered {time}</source>
        <translation>trả lời lúc {time}</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>không trả lời</translation>
    </message>
    <message>
        <source>none</source>
        <translation>không có</translation>
    </message>
    <message>
        <source>The agent&apos;s report</source>
        <translation>Báo cáo của nhân viên</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>verbal abuse</source>
        <translation>lăng mạ</translation>
    </message>
    <message>
        <source>sexual harassment</source>
        <translation>quấy rối tình dục</translation>
    </message>
    <message>
        <source>threat</source>
        <translation>đe dọa</translation>
    </message>
    <message>
        <source>long or repeated calls</source>
        <translation>gọi dài hoặc lặp lại</translation>
    </message>
    <message>
        <source>prank or false report</source>
        <translation>trêu đùa hoặc báo tin giả</translation>
    </message>
    <message>
        <source>other</source>
        <translation>khác</translation>
    </message>
    <message>
        <source>caller in a crisis, no abuse</source>
        <translation>người gọi đang khủng hoảng, không phải xúc phạm</translation>
    </message>
    <message>
        <source>Crisis path</source>
        <translation>Xử lý khủng hoảng</translation>
    </message>
    <message>
        <source>Where the caller is</source>
        <translation>Nơi người gọi đang ở</translation>
    </message>
    <message>
        <source>Found out</source>
        <translation>Đã hỏi rõ</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>Đã kết nối</translation>
    </message>
    <message>
        <source>Why it was no crisis</source>
        <translation>Vì sao không phải khủng hoảng</translation>
    </message>
    <message>
        <source>Concrete threat</source>
        <translation>Đe dọa cụ thể</translation>
    </message>
    <message>
        <source>How the agent is</source>
        <translation>Tình trạng nhân viên</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>ổn</translation>
    </message>
    <message>
        <source>shaken</source>
        <translation>bị sốc</translation>
    </message>
    <message>
        <source>hurt</source>
        <translation>tổn thương</translation>
    </message>
    <message>
        <source>Wants no more calls of this person</source>
        <translation>Không muốn nhận cuộc gọi của người này</translation>
    </message>
    <message>
        <source>Wants counselling</source>
        <translation>Muốn được tư vấn tâm lý</translation>
    </message>
    <message>
        <source>Wants to press charges</source>
        <translation>Muốn tố cáo</translation>
    </message>
    <message>
        <source>decides later</source>
        <translation>quyết định sau</translation>
    </message>
    <message>
        <source>Police called</source>
        <translation>Đã gọi công an</translation>
    </message>
    <message>
        <source>Reference of the police</source>
        <translation>Số tiếp nhận của công an</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>chưa nêu</translation>
    </message>
    <message>
        <source>Rest after the incident</source>
        <translation>Nghỉ sau sự việc</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>từ {begin} đến {end}</translation>
    </message>
    <message>
        <source>since {begin}</source>
        <translation>từ {begin}</translation>
    </message>
    <message>
        <source>What the caller asked for</source>
        <translation>Người gọi yêu cầu</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Đã gửi</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>chưa gửi</translation>
    </message>
    <message>
        <source>Confirmed by the agent</source>
        <translation>Nhân viên đã xác nhận</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Đã rút lại</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>có</translation>
    </message>
    <message>
        <source>no</source>
        <translation>không</translation>
    </message>
    <message>
        <source>Hashes (SHA-256)</source>
        <translation>Mã băm (SHA-256)</translation>
    </message>
    <message>
        <source>Version {number}, {time}</source>
        <translation>Phiên bản {number}, {time}</translation>
    </message>
    <message>
        <source>End of the chain</source>
        <translation>Cuối chuỗi</translation>
    </message>
    <message>
        <source>The chain of evidence was checked and is whole.</source>
        <translation>Chuỗi bằng chứng đã được kiểm tra và nguyên vẹn.</translation>
    </message>
    <message>
        <source>The chain of evidence is broken at: {place}</source>
        <translation>Chuỗi bằng chứng bị đứt tại: {place}</translation>
    </message>
    <message>
        <source>Who saw the original</source>
        <translation>Người đã xem bản gốc</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Trang {page} / {pages}</translation>
    </message>
    <message>
        <source>Printed {time}</source>
        <translation>In lúc {time}</translation>
    </message>
</context>
</TS>
