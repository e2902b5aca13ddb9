<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AccountForm</name>
    <message>
        <source>SIP address</source>
        <translation>SIP 주소</translation>
    </message>
    <message>
        <source>As your IT wrote it, such as sip:1001@pbx.example</source>
        <translation>전산 담당이 알려 준 그대로. 예: sip:1001@pbx.example</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>Empty: the part of the address after @.</source>
        <translation>비우면 주소의 @ 뒤를 씁니다.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>사용자 이름</translation>
    </message>
    <message>
        <source>Empty: the part of the address before @.</source>
        <translation>비우면 주소의 @ 앞을 씁니다.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Kept by the system&apos;s key store, never in a file.</source>
        <translation>시스템의 열쇠 보관함에만 두고 파일에는 적지 않습니다.</translation>
    </message>
    <message>
        <source>Save and connect</source>
        <translation>저장하고 연결</translation>
    </message>
    <message>
        <source>The server asks for the password of {address}.</source>
        <translation>서버가 {address}의 비밀번호를 요구합니다.</translation>
    </message>
    <message>
        <source>The address needs a user and a server: sip:1001@pbx.example</source>
        <translation>주소에는 사용자와 서버가 필요합니다. 예: sip:1001@pbx.example</translation>
    </message>
    <message>
        <source>The password is saved.</source>
        <translation>비밀번호를 저장했습니다.</translation>
    </message>
    <message>
        <source>The password is used until the desk is closed: no key store here.</source>
        <translation>키 저장소가 없어 프로그램을 닫을 때까지만 비밀번호를 씁니다.</translation>
    </message>
    <message>
        <source>The account is saved.</source>
        <translation>계정을 저장했습니다.</translation>
    </message>
    <message>
        <source>The account is saved, the password only until the desk is closed: no key store here.</source>
        <translation>계정을 저장했습니다. 열쇠 보관함이 없어 비밀번호는 프로그램을 닫을 때까지만 기억합니다.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>The call</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>보호 절차</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>상담DB</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>Write-up and report</source>
        <translation>후처리와 신고서</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>소리</translation>
    </message>
    <message>
        <source>The desk</source>
        <translation>화면과 이동</translation>
    </message>
    <message>
        <source>While it rings</source>
        <translation>벨이 울릴 때</translation>
    </message>
    <message>
        <source>While it rings or in a call</source>
        <translation>벨이 울리거나 통화 중일 때</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>통화 중에</translation>
    </message>
    <message>
        <source>In a call, with an interpreter in the settings</source>
        <translation>통화 중에, 설정에 통역이 있을 때</translation>
    </message>
    <message>
        <source>In a call, and for the last one after it</source>
        <translation>통화 중에, 끊은 뒤에는 직전 통화에</translation>
    </message>
    <message>
        <source>In the procedure for abuse</source>
        <translation>악성 민원 절차에서</translation>
    </message>
    <message>
        <source>With a caller who has earlier incidents</source>
        <translation>지난 사건이 있는 상대일 때</translation>
    </message>
    <message>
        <source>While the second line is free</source>
        <translation>둘째 회선이 비었을 때</translation>
    </message>
    <message>
        <source>While no report is open</source>
        <translation>신고서를 열지 않았을 때</translation>
    </message>
    <message>
        <source>While a suggestion is shown</source>
        <translation>제안이 보일 때</translation>
    </message>
    <message>
        <source>In a call, with an answer open</source>
        <translation>통화 중에 답변을 열었을 때</translation>
    </message>
    <message>
        <source>In the write-up after a call</source>
        <translation>통화 뒤 후처리에서</translation>
    </message>
    <message>
        <source>While a report is open</source>
        <translation>신고서를 쓸 때</translation>
    </message>
    <message>
        <source>While a call or its evidence is read</source>
        <translation>지난 통화나 증거를 볼 때</translation>
    </message>
    <message>
        <source>While an answer is open</source>
        <translation>답변을 열었을 때</translation>
    </message>
    <message>
        <source>While a flag or a proposal is written</source>
        <translation>오류 신고나 제안을 쓸 때</translation>
    </message>
    <message>
        <source>Between calls</source>
        <translation>통화가 없을 때</translation>
    </message>
    <message>
        <source>Between calls, on a call of the list</source>
        <translation>통화가 없을 때, 목록의 통화에서</translation>
    </message>
    <message>
        <source>In practice</source>
        <translation>연습 중에</translation>
    </message>
    <message>
        <source>In a practice call, when it is your turn</source>
        <translation>연습 통화에서 내 차례일 때</translation>
    </message>
    <message>
        <source>In a call and in its write-up</source>
        <translation>통화 중에, 그리고 후처리에서</translation>
    </message>
    <message>
        <source>On the sound page of the settings</source>
        <translation>설정의 소리 화면에서</translation>
    </message>
    <message>
        <source>In a call, with fitting sentences shown</source>
        <translation>통화 중에 알맞은 문장이 보일 때</translation>
    </message>
    <message>
        <source>While a message offers it</source>
        <translation>되돌릴 일이 안내될 때</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>Hang up or decline</source>
        <translation>끊기·거절</translation>
    </message>
    <message>
        <source>Decline with a reason</source>
        <translation>이유를 골라 거절</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>음소거</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>전환</translation>
    </message>
    <message>
        <source>Interpreter, three-way</source>
        <translation>통역 3자 통화</translation>
    </message>
    <message>
        <source>Save evidence, next step; held: notice and end; later the report</source>
        <translation>증거 저장·다음 단계, 길게: 고지 후 종료, 통화 뒤: 신고서</translation>
    </message>
    <message>
        <source>I said the warning myself</source>
        <translation>경고를 직접 말했음</translation>
    </message>
    <message>
        <source>Calm again, back to the talk</source>
        <translation>진정됨, 상담으로</translation>
    </message>
    <message>
        <source>Change the type of the incident</source>
        <translation>유형 바꾸기</translation>
    </message>
    <message>
        <source>Crisis call</source>
        <translation>위기 상담</translation>
    </message>
    <message>
        <source>Earlier incidents of this caller</source>
        <translation>이 민원인의 이전 사건</translation>
    </message>
    <message>
        <source>Call supervisor</source>
        <translation>관리자 호출</translation>
    </message>
    <message>
        <source>Working state</source>
        <translation>근무 상태</translation>
    </message>
    <message>
        <source>Search answers</source>
        <translation>상담DB 검색</translation>
    </message>
    <message>
        <source>Open the suggestion</source>
        <translation>제안 열기</translation>
    </message>
    <message>
        <source>Dismiss the suggestion</source>
        <translation>제안 치우기</translation>
    </message>
    <message>
        <source>Copy to notes</source>
        <translation>메모에 넣기</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Send the report</source>
        <translation>신고서 저장</translation>
    </message>
    <message>
        <source>Withdraw the report, with a reason</source>
        <translation>신고서 취소(이유 적기)</translation>
    </message>
    <message>
        <source>Show the original of what is masked</source>
        <translation>가려진 항목의 원문 보기</translation>
    </message>
    <message>
        <source>One minute more</source>
        <translation>1분 더</translation>
    </message>
    <message>
        <source>Insert key lines into notes</source>
        <translation>요지를 메모에 넣기</translation>
    </message>
    <message>
        <source>Flag the answer</source>
        <translation>답변 오류 신고</translation>
    </message>
    <message>
        <source>Favourite answer, on or off</source>
        <translation>즐겨찾기 넣기·빼기</translation>
    </message>
    <message>
        <source>Pin the answer, on or off</source>
        <translation>답변 고정·해제</translation>
    </message>
    <message>
        <source>The answer in the next language</source>
        <translation>답변을 다른 언어로</translation>
    </message>
    <message>
        <source>Propose an edit of the answer</source>
        <translation>답변 고침 제안</translation>
    </message>
    <message>
        <source>Propose a new answer</source>
        <translation>새 답변 제안</translation>
    </message>
    <message>
        <source>Keep the flag or proposal</source>
        <translation>오류 신고·제안 남기기</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>전화 걸기</translation>
    </message>
    <message>
        <source>Call the last number again</source>
        <translation>마지막에 건 번호로 다시 걸기</translation>
    </message>
    <message>
        <source>Call this number</source>
        <translation>이 번호로 전화</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>통화 이력</translation>
    </message>
    <message>
        <source>Text messages</source>
        <translation>문자 메시지</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Practice call</source>
        <translation>연습 통화</translation>
    </message>
    <message>
        <source>Say the model answer</source>
        <translation>모범 답변 대신 말하기</translation>
    </message>
    <message>
        <source>Leave practice</source>
        <translation>연습 끝내기</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>다음 칸</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>이전 칸</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Middle pane</source>
        <translation>가운데 칸</translation>
    </message>
    <message>
        <source>Right pane</source>
        <translation>오른쪽 칸</translation>
    </message>
    <message>
        <source>Find in call</source>
        <translation>통화에서 찾기</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>지금 표시</translation>
    </message>
    <message>
        <source>Jump to live</source>
        <translation>최신 자막으로</translation>
    </message>
    <message>
        <source>Write the call in the next language</source>
        <translation>통화 자막을 다음 언어로</translation>
    </message>
    <message>
        <source>Louder: the caller, between calls the ring</source>
        <translation>크게: 통화 소리, 통화 밖에서는 벨소리</translation>
    </message>
    <message>
        <source>Quieter: the caller, between calls the ring</source>
        <translation>작게: 통화 소리, 통화 밖에서는 벨소리</translation>
    </message>
    <message>
        <source>Louder microphone</source>
        <translation>마이크 크게</translation>
    </message>
    <message>
        <source>Quieter microphone</source>
        <translation>마이크 작게</translation>
    </message>
    <message>
        <source>Volumes on the call card</source>
        <translation>통화 카드에 음량 보기</translation>
    </message>
    <message>
        <source>Sound check</source>
        <translation>소리 시험</translation>
    </message>
    <message>
        <source>Copy the fitting sentences to notes</source>
        <translation>알맞은 문장을 메모에 넣기</translation>
    </message>
    <message>
        <source>Copy what the caller named into the notes</source>
        <translation>민원인이 말한 번호·주소를 메모에 넣기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>모든 명령</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Open a found answer, choose what has the number</source>
        <translation>찾은 답변 열기, 번호가 붙은 것 고르기</translation>
    </message>
    <message>
        <source>Close the top layer, never a call</source>
        <translation>맨 위의 것 닫기, 통화는 끊지 않음</translation>
    </message>
    <message>
        <source>Next control; with Shift the one before</source>
        <translation>다음 칸, Shift와 함께는 이전 칸</translation>
    </message>
</context>
<context>
    <name>AllCallsView</name>
    <message>
        <source>Number, name, category or words of the notes</source>
        <translation>번호, 이름, 분류, 메모 속 낱말</translation>
    </message>
    <message>
        <source>Which calls</source>
        <translation>어떤 통화</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>부재중</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>다시 걸 곳</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>문자</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>전화 걸기</translation>
    </message>
    <message>
        <source>No text messages. They are kept until the desk is closed.</source>
        <translation>문자 메시지가 없습니다. 프로그램을 닫을 때까지만 보관합니다.</translation>
    </message>
    <message>
        <source>No call with ‘{words}’. A masked number is found by what is shown of it.</source>
        <translation>‘{words}’ 통화가 없습니다. 가려진 번호는 보이는 숫자나 번호 전체로 찾습니다.</translation>
    </message>
    <message>
        <source>No calls are kept yet.</source>
        <translation>아직 보관된 통화가 없습니다.</translation>
    </message>
    <message>
        <source>No missed calls.</source>
        <translation>부재중 통화가 없습니다.</translation>
    </message>
    <message>
        <source>Nobody waits to be called back.</source>
        <translation>다시 걸 곳이 없습니다.</translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>Answers: {count}</source>
        <translation>답변 {count}건</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>unfinished</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>고침 제안</translation>
    </message>
    <message>
        <source>New answer</source>
        <translation>새 답변 제안</translation>
    </message>
    <message>
        <source>Without a question yet</source>
        <translation>질문을 아직 적지 않음</translation>
    </message>
    <message>
        <source>outdated</source>
        <translation>오래된 내용</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>틀린 내용</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>오류 신고</translation>
    </message>
    <message>
        <source>in the title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>same words: {words}</source>
        <translation>같은 말: {words}</translation>
    </message>
    <message>
        <source>keyword ‘{words}’</source>
        <translation>핵심어 ‘{words}’</translation>
    </message>
    <message>
        <source>initial consonants</source>
        <translation>초성</translation>
    </message>
    <message>
        <source>text ‘{words}’</source>
        <translation>본문 ‘{words}’</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>The answer is in the notes.</source>
        <translation>답변을 메모에 넣었습니다.</translation>
    </message>
    <message>
        <source>Flagged. The owner gets it with the next export.</source>
        <translation>신고를 남겼습니다. 다음에 내보낼 때 담당자에게 전해집니다.</translation>
    </message>
    <message>
        <source>Pinned.</source>
        <translation>고정했습니다.</translation>
    </message>
    <message>
        <source>Not pinned any more.</source>
        <translation>고정을 풀었습니다.</translation>
    </message>
    <message>
        <source>A favourite now.</source>
        <translation>즐겨찾기에 넣었습니다.</translation>
    </message>
    <message>
        <source>No favourite any more.</source>
        <translation>즐겨찾기에서 뺐습니다.</translation>
    </message>
    <message>
        <source>{key} puts the answer that you read here.</source>
        <translation>답변을 읽다가 {key} 키를 누르면 여기에 놓입니다.</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>최근에 본 답변</translation>
    </message>
    <message>
        <source>Nothing was read yet.</source>
        <translation>아직 본 답변이 없습니다.</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>자주 찾는 답변</translation>
    </message>
    <message>
        <source>This pack has no answers.</source>
        <translation>이 상담DB에는 답변이 없습니다.</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>전체 분류</translation>
    </message>
    <message>
        <source>Nothing lies here. Backspace goes back.</source>
        <translation>여기에는 답변이 없습니다. Backspace를 누르면 돌아갑니다.</translation>
    </message>
    <message>
        <source>Nothing has changed since your last shift.</source>
        <translation>지난 근무 뒤 바뀐 답변이 없습니다.</translation>
    </message>
    <message>
        <source>Changed since the last shift</source>
        <translation>지난 근무 뒤 바뀐 답변</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새 답변</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>What you flag ({flag}) and propose ({new}) stands here until the owner has it.</source>
        <translation>오류 신고({flag})와 제안({new})이 여기에 모입니다.</translation>
    </message>
    <message>
        <source>Your flags and proposals</source>
        <translation>내 신고와 제안</translation>
    </message>
    <message>
        <source>Suggested from the call: {title}. {key} opens it.</source>
        <translation>통화에서 찾은 제안: {title}. {key} 열기.</translation>
    </message>
    <message>
        <source>Export for the owner</source>
        <translation>담당자에게 보낼 파일 만들기</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 줄 파일 (*.jsonl)</translation>
    </message>
    <message>
        <source>The file can&apos;t be written there. Choose another folder.</source>
        <translation>그곳에는 쓸 수 없습니다. 다른 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>Written for the owner: {file}</source>
        <translation>담당자에게 보낼 파일: {file}</translation>
    </message>
    <message>
        <source>Nothing for “{query}”. Use fewer words or browse.</source>
        <translation>‘{query}’ 답변이 없습니다. 낱말을 줄이거나 분류에서 찾아보세요.</translation>
    </message>
    <message>
        <source>0 found</source>
        <translation>0건</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count}건</translation>
    </message>
    <message>
        <source>{count}, read as ‘{words}’</source>
        <translation>‘{words}’로 찾음 · {count}건</translation>
    </message>
    <message>
        <source>Open: {title}</source>
        <translation>열림: {title}</translation>
    </message>
    <message>
        <source>No answers could be opened. Calls and notes work. Tell IT.</source>
        <translation>상담DB를 열 수 없습니다. 통화와 메모는 됩니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>It is in the notes.</source>
        <translation>메모에 넣었습니다.</translation>
    </message>
    <message>
        <source>Question and answer are both needed.</source>
        <translation>질문과 답변을 모두 적어 주세요.</translation>
    </message>
    <message>
        <source>Finished. The owner gets it with the next export.</source>
        <translation>제안을 마쳤습니다. 다음에 내보낼 때 담당자에게 전해집니다.</translation>
    </message>
    <message>
        <source>The proposal is gone.</source>
        <translation>제안을 버렸습니다.</translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message>
        <source>Answer pack</source>
        <translation>상담DB 자료</translation>
    </message>
    <message>
        <source>Path of a pack. Empty: the shipped sample.</source>
        <translation>자료 파일의 경로입니다. 비워 두면 표본을 씁니다.</translation>
    </message>
    <message>
        <source>Your own words</source>
        <translation>우리 기관의 낱말</translation>
    </message>
    <message>
        <source>Path of a CSV file: everyday,official,weight,category. Empty: none.</source>
        <translation>CSV 파일의 경로(everyday,official,weight,category). 비우면 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>No pack could be opened.</source>
        <translation>자료를 열 수 없습니다.</translation>
    </message>
    <message>
        <source>In use: {pack}, made on {day}</source>
        <translation>쓰는 자료: {pack}, 만든 날 {day}</translation>
    </message>
    <message>
        <source>The file of your own words can&apos;t be read ({reason}). Search works without it.</source>
        <translation>낱말 파일을 읽을 수 없습니다({reason}). 검색은 그 파일 없이 됩니다.</translation>
    </message>
    <message>
        <source>None of your own words are in use.</source>
        <translation>우리 기관의 낱말을 쓰고 있지 않습니다.</translation>
    </message>
    <message>
        <source>In use: {rows} rows from {file}.</source>
        <translation>사용 중: {file}의 {rows}줄.</translation>
    </message>
    <message>
        <source>In use: {rows} rows from {file}; {count} are left out, the first in line {line}: {reason}.</source>
        <translation>사용 중: {file}의 {rows}줄. {count}줄은 빠졌습니다. 첫째는 {line}번째 줄: {reason}.</translation>
    </message>
</context>
<context>
    <name>AnswersView</name>
    <message>
        <source>Answers</source>
        <translation>상담DB</translation>
    </message>
    <message>
        <source>Export for the owner</source>
        <translation>담당자에게 보낼 파일 만들기</translation>
    </message>
    <message>
        <source>Two syllables are enough</source>
        <translation>두 글자만 입력해도 찾습니다</translation>
    </message>
    <message>
        <source>Search answers</source>
        <translation>답변 찾기</translation>
    </message>
    <message>
        <source>Back to the write-up</source>
        <translation>후처리로 돌아가기</translation>
    </message>
    <message>
        <source>Back to the procedure</source>
        <translation>대응 절차로 돌아가기</translation>
    </message>
    <message>
        <source>Back to the crisis call</source>
        <translation>위기 상담으로 돌아가기</translation>
    </message>
</context>
<context>
    <name>ArticleView</name>
    <message>
        <source>Ask back</source>
        <translation>되물을 것</translation>
    </message>
    <message>
        <source>Copy to notes</source>
        <translation>메모에 넣기</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>오류 신고</translation>
    </message>
    <message>
        <source>Propose an edit</source>
        <translation>고침 제안</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>즐겨찾기 빼기</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Differs by place or year: {what}</source>
        <translation>지역과 해에 따라 다름: {what}</translation>
    </message>
    <message>
        <source>Phone {what}</source>
        <translation>전화 {what}</translation>
    </message>
    <message>
        <source>Menu {what}</source>
        <translation>메뉴 {what}</translation>
    </message>
    <message>
        <source>Kept by {what}</source>
        <translation>담당 {what}</translation>
    </message>
    <message>
        <source>Valid until {what}</source>
        <translation>{what}까지</translation>
    </message>
    <message>
        <source>Sample · unverified</source>
        <translation>표본 · 미확인</translation>
    </message>
    <message>
        <source>Never checked</source>
        <translation>확인한 적 없음</translation>
    </message>
    <message>
        <source>Ended {date}</source>
        <translation>{date} 끝남</translation>
    </message>
    <message>
        <source>Old: checked {date}</source>
        <translation>오래됨 · {date} 확인</translation>
    </message>
    <message>
        <source>Checked {date}</source>
        <translation>확인 {date}</translation>
    </message>
</context>
<context>
    <name>AskChip</name>
    <message>
        <source>Begin a line of the notes with it</source>
        <translation>메모에 이 항목을 적습니다</translation>
    </message>
</context>
<context>
    <name>BarsPresenter</name>
    <message>
        <source>No answers</source>
        <translation>상담DB 없음</translation>
    </message>
    <message>
        <source>Offline data {day}</source>
        <translation>오프라인 자료 {day}</translation>
    </message>
    <message>
        <source>Records are not kept</source>
        <translation>기록이 저장되지 않음</translation>
    </message>
    <message>
        <source>Check settings</source>
        <translation>설정 확인</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>벨울림</translation>
    </message>
    <message>
        <source>Next: {state}</source>
        <translation>다음: {state}</translation>
    </message>
    <message>
        <source>{minutes} min are yours</source>
        <translation>{minutes}분 쉬실 수 있습니다</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>통화가 없습니다</translation>
    </message>
    <message>
        <source>Calls can reach you.</source>
        <translation>전화를 받을 수 있습니다.</translation>
    </message>
    <message>
        <source>Calls can reach you by way of {server}.</source>
        <translation>{server}을(를) 거쳐 전화를 받을 수 있습니다.</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>전화 연결됨</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>전화 연결 중</translation>
    </message>
    <message>
        <source>Not registered</source>
        <translation>전화 연결 안 됨</translation>
    </message>
    <message>
        <source>Signed off</source>
        <translation>전화 로그아웃됨</translation>
    </message>
    <message>
        <source>The phone account is signed off.</source>
        <translation>전화 계정에서 로그아웃했습니다.</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>전화 계정 없음</translation>
    </message>
    <message>
        <source>Add a phone account in the settings: {key}</source>
        <translation>설정({key})에서 전화 계정을 넣어 주세요.</translation>
    </message>
    <message>
        <source>Phone restarting</source>
        <translation>전화 다시 켜는 중</translation>
    </message>
    <message>
        <source>Phone down</source>
        <translation>전화 꺼짐</translation>
    </message>
    <message>
        <source>Transcript on</source>
        <translation>자막 켜짐</translation>
    </message>
    <message>
        <source>Transcript ready</source>
        <translation>자막 준비됨</translation>
    </message>
    <message>
        <source>Transcript off</source>
        <translation>자막 꺼짐</translation>
    </message>
    <message>
        <source>No transcript model</source>
        <translation>자막 모델 없음</translation>
    </message>
    <message>
        <source>No transcript here</source>
        <translation>자막 없음</translation>
    </message>
    <message>
        <source>Transcript starting</source>
        <translation>자막 켜는 중</translation>
    </message>
    <message>
        <source>Transcript behind</source>
        <translation>자막 밀림</translation>
    </message>
    <message>
        <source>Transcript reduced</source>
        <translation>자막 줄임</translation>
    </message>
    <message>
        <source>Transcript failed</source>
        <translation>자막 멈춤</translation>
    </message>
    <message>
        <source>Transcript restarting</source>
        <translation>자막 다시 켜는 중</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) today</source>
        <translation>
            <numerusform>오늘 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) to send</source>
        <translation>
            <numerusform>신고서 %n건 남음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent unconfirmed</source>
        <translation>
            <numerusform>확인 안 된 신고서 %n건</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message>
        <source>Answer</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>Hold</source>
        <comment>button</comment>
        <translation>보류</translation>
    </message>
    <message>
        <source>Transfer</source>
        <comment>button</comment>
        <translation>전환</translation>
    </message>
    <message>
        <source>3-way</source>
        <comment>button</comment>
        <translation>통역 3자</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>음량</translation>
    </message>
    <message>
        <source>{key} chooses what the caller hears</source>
        <translation>{key}: 상대가 들을 말 고르기</translation>
    </message>
    <message>
        <source>Hold…</source>
        <translation>보류…</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>해제…</translation>
    </message>
    <message>
        <source>Swap</source>
        <comment>button</comment>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Decline 2nd</source>
        <translation>둘째 거절</translation>
    </message>
    <message>
        <source>End 2nd</source>
        <translation>둘째 끊기</translation>
    </message>
    <message>
        <source>Hand the caller to this number, Enter</source>
        <translation>시민을 넘길 번호를 쓰고 Enter</translation>
    </message>
    <message>
        <source>Number that the caller is handed to</source>
        <translation>시민을 넘길 번호</translation>
    </message>
    <message>
        <source>Number or SIP address, Enter calls</source>
        <translation>번호나 주소, Enter로 걸기</translation>
    </message>
    <message>
        <source>Number or address to call</source>
        <translation>걸 번호나 주소</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>End ×2</source>
        <translation>끊기 2번</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>끊기</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>음소거됨</translation>
    </message>
    <message>
        <source>{key} calls somebody first; or the settings name an interpreter.</source>
        <translation>먼저 {key}로 전화를 걸거나, 설정에 통역사 번호를 넣으세요.</translation>
    </message>
    <message>
        <source>Mute</source>
        <comment>button</comment>
        <translation>음소거</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>보류 중</translation>
    </message>
</context>
<context>
    <name>CallListView</name>
    <message>
        <source>Recent calls</source>
        <translation>최근 통화</translation>
    </message>
    <message>
        <source>Earlier calls from this number</source>
        <translation>이 번호의 지난 상담</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>다시 걸 곳</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>통화 이력</translation>
    </message>
    <message>
        <source>No calls yet today.</source>
        <translation>오늘은 아직 통화가 없습니다.</translation>
    </message>
    <message>
        <source>No earlier calls from this number.</source>
        <translation>이 번호의 지난 상담이 없습니다.</translation>
    </message>
    <message>
        <source>Nobody waits to be called back.</source>
        <translation>다시 걸 곳이 없습니다.</translation>
    </message>
    <message>
        <source>No calls are kept yet.</source>
        <translation>보관된 통화가 아직 없습니다.</translation>
    </message>
    <message>
        <source>Enter shows the transcript and the notes of a call.</source>
        <translation>Enter를 누르면 그 통화의 자막과 메모를 봅니다.</translation>
    </message>
    <message>
        <source>Once you answer, both voices appear here as text.</source>
        <translation>받으면 여기에 두 사람의 말이 글로 보입니다.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>돌아가기</translation>
    </message>
    <message>
        <source>Earlier incidents</source>
        <translation>이전 사건</translation>
    </message>
</context>
<context>
    <name>CallPresenter</name>
    <message>
        <source>Press again to hang up</source>
        <translation>한 번 더 누르면 끊습니다</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>전화가 왔습니다</translation>
    </message>
    <message>
        <source>Last topic  {topic}</source>
        <translation>지난 문의  {topic}</translation>
    </message>
    <message>
        <source>Incoming call: {name}. {key} answers.</source>
        <translation>전화가 왔습니다: {name}. {key} 받기.</translation>
    </message>
    <message>
        <source>You hear each other</source>
        <translation>서로 들립니다</translation>
    </message>
    <message>
        <source>Not muted · the caller hears you</source>
        <translation>음소거 끝 · 시민이 듣습니다</translation>
    </message>
    <message>
        <source>No phone account yet · {key}</source>
        <translation>전화 계정이 아직 없습니다 · {key}</translation>
    </message>
    <message>
        <source>{key} to dial</source>
        <translation>번호를 걸려면 {key}</translation>
    </message>
    <message numerus="yes">
        <source>%n missed call(s) today</source>
        <translation>
            <numerusform>부재중 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>No call</source>
        <translation>통화가 없습니다</translation>
    </message>
    <message>
        <source>HD voice</source>
        <translation>고음질 통화</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>암호화됨</translation>
    </message>
    <message>
        <source>Keys {digits}</source>
        <translation>누른 번호 {digits}</translation>
    </message>
    <message>
        <source>Not answered yet · you hear the other side</source>
        <translation>아직 받지 않음 · 상대 쪽 소리가 들립니다</translation>
    </message>
    <message>
        <source>It rings at the other side</source>
        <translation>상대 쪽 벨이 울립니다</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>거는 중</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>통화 끝남</translation>
    </message>
    <message>
        <source>On hold · neither hears the other</source>
        <translation>보류 중 · 서로 들리지 않습니다</translation>
    </message>
    <message>
        <source>The other side has put you on hold</source>
        <translation>상대가 보류했습니다</translation>
    </message>
    <message>
        <source>Muted · the caller can&apos;t hear you</source>
        <translation>음소거됨 · 상대에게 들리지 않습니다</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>수신 통화</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>발신 통화</translation>
    </message>
    <message>
        <source>Waited {time}</source>
        <translation>대기 {time}</translation>
    </message>
</context>
<context>
    <name>CallReadingView</name>
    <message>
        <source>Call</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>No transcript was kept of this call.</source>
        <translation>이 통화에는 보관된 자막이 없습니다.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>돌아가기</translation>
    </message>
    <message>
        <source>Open its report</source>
        <translation>이 통화의 신고서 열기</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>전화 걸기</translation>
    </message>
    <message>
        <source>Transcript of this call</source>
        <translation>이 통화의 자막</translation>
    </message>
</context>
<context>
    <name>CallRow</name>
    <message>
        <source>Number withheld</source>
        <translation>발신번호 표시 제한</translation>
    </message>
    <message>
        <source>Answered in full</source>
        <translation>안내 완료</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>담당 부서 이관</translation>
    </message>
    <message>
        <source>Callback booked</source>
        <translation>콜백 예약</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>재통화 필요</translation>
    </message>
    <message>
        <source>Not written up</source>
        <translation>후처리 안 됨</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>on another call</source>
        <translation>다른 통화 중</translation>
    </message>
    <message>
        <source>in wrap-up</source>
        <translation>후처리</translation>
    </message>
    <message>
        <source>on break</source>
        <translation>휴식</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>근무 아님</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>부재중</translation>
    </message>
    <message>
        <source>Declined · heard busy</source>
        <translation>거절 · 통화 중으로 들음</translation>
    </message>
    <message>
        <source>Declined · heard not here</source>
        <translation>거절 · 부재로 들음</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>거절함</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>연결 안 됨</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>통화 중</translation>
    </message>
    <message>
        <source>practice {id}</source>
        <translation>연습 {id}</translation>
    </message>
    <message>
        <source>Missed · spoken with later</source>
        <translation>부재중 · 뒤에 통화함</translation>
    </message>
    <message>
        <source>Report withdrawn: {reason}</source>
        <translation>신고서 취소됨: {reason}</translation>
    </message>
    <message>
        <source>Report sent by itself {time}, not confirmed</source>
        <translation>신고서 {time} 저절로 전송, 확인 안 됨</translation>
    </message>
    <message>
        <source>Report saved {time}</source>
        <translation>신고서 {time} 저장</translation>
    </message>
    <message>
        <source>Report not sent yet</source>
        <translation>신고서 아직 안 보냄</translation>
    </message>
    <message>
        <source>Report not sent yet; goes out by itself {time}</source>
        <translation>신고서 아직 안 보냄 · {time}에 저절로 전송</translation>
    </message>
    <message>
        <source>Yesterday {time}</source>
        <translation>어제 {time}</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date without a year, as QLocale writes it</comment>
        <translation>M월 d일</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>수신 통화</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>발신 통화</translation>
    </message>
    <message>
        <source>Consultation: {who}</source>
        <translation>협의: {who}</translation>
    </message>
    <message>
        <source>The report opens once the call is over.</source>
        <translation>신고서는 통화가 끝나면 열립니다.</translation>
    </message>
</context>
<context>
    <name>CallWords</name>
    <message>
        <source>Practice {scenario} · {name}</source>
        <translation>연습 {scenario} · {name}</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>발신번호 표시 제한</translation>
    </message>
    <message>
        <source>24 h {a} · 30 days {b} · 6 months {c}</source>
        <translation>최근 24시간 {a}회 · 30일 {b}회 · 6개월 {c}회</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>통화중</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>후처리</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>휴식</translation>
    </message>
    <message>
        <source>Protected rest</source>
        <translation>보호휴식</translation>
    </message>
    <message>
        <source>Off duty</source>
        <translation>근무 종료</translation>
    </message>
    <message>
        <source>On a break</source>
        <translation>휴식 중</translation>
    </message>
    <message>
        <source>Waiting for calls</source>
        <translation>대기 중</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Commands found</source>
        <translation>찾은 명령</translation>
    </message>
</context>
<context>
    <name>CommandOverlay</name>
    <message>
        <source>Change keys</source>
        <translation>단축키 바꾸기</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>명령이나 단축키 찾기</translation>
    </message>
    <message>
        <source>A word or a key</source>
        <translation>낱말, 초성 또는 단축키</translation>
    </message>
</context>
<context>
    <name>CommandPresenter</name>
    <message>
        <source>All commands</source>
        <translation>모든 명령</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>모든 단축키</translation>
    </message>
    <message>
        <source>Locked in a crisis call</source>
        <translation>위기 상담에서는 잠깁니다</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>지금은 안 됩니다</translation>
    </message>
    <message>
        <source>Type, or choose with the arrows; Enter does it.</source>
        <translation>입력해서 찾거나 화살표로 고른 뒤 Enter를 누르세요.</translation>
    </message>
    <message>
        <source>Nothing for “{words}”. Use fewer words.</source>
        <translation>‘{words}’ 명령이 없습니다. 낱말을 줄여 보세요.</translation>
    </message>
    <message>
        <source>Not now · {when}</source>
        <translation>지금은 안 됩니다 · {when}</translation>
    </message>
    <message>
        <source>Enter does it, the arrows choose another.</source>
        <translation>Enter로 실행하고 화살표로 고릅니다.</translation>
    </message>
    <message>
        <source>The call has just ended. Once more, if you mean it.</source>
        <translation>통화가 방금 끝났습니다. 하시려면 한 번 더 눌러 주세요.</translation>
    </message>
</context>
<context>
    <name>CrisisView</name>
    <message>
        <source>Crisis call</source>
        <translation>위기 상담</translation>
    </message>
    <message>
        <source>Stay on the line</source>
        <translation>끊지 않기</translation>
    </message>
    <message>
        <source>Say this</source>
        <translation>이렇게 말씀하세요</translation>
    </message>
    <message>
        <source>Where the caller is</source>
        <translation>지금 계신 곳</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>안전 확인</translation>
    </message>
    <message>
        <source>What to say next</source>
        <translation>다음에 할 말</translation>
    </message>
    <message>
        <source>It is no crisis</source>
        <translation>위기가 아님</translation>
    </message>
    <message>
        <source>Why it is no crisis, then Enter</source>
        <translation>위기가 아닌 까닭을 적고 Enter</translation>
    </message>
    <message>
        <source>{line}, called</source>
        <translation>{line}, 연결했음</translation>
    </message>
    <message>
        <source>called</source>
        <translation>호출함</translation>
    </message>
</context>
<context>
    <name>Delivery</name>
    <message>
        <source>The receiver cannot be reached; it is tried again by itself.</source>
        <translation>받는 곳에 연결할 수 없습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The receiver did not answer in time; it is tried again by itself.</source>
        <translation>받는 곳이 제때 답하지 않았습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The connection broke off; it is tried again by itself.</source>
        <translation>연결이 끊겼습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The receiver asks to wait; it is tried again by itself.</source>
        <translation>받는 곳이 기다려 달라고 합니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The receiver has an error of its own; it is tried again by itself.</source>
        <translation>받는 곳에 오류가 있습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The last try has not come to an end; it is tried again by itself.</source>
        <translation>지난번 보내기가 아직 끝나지 않았습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The receiver&apos;s certificate is not trusted, so nothing was sent; tell IT.</source>
        <translation>받는 곳의 인증서를 믿을 수 없어 보내지 않았습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The file with the trusted certificates cannot be read, so nothing was sent; tell IT.</source>
        <translation>믿는 인증서 파일을 읽을 수 없어 보내지 않았습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The mail server offers no encryption, so nothing was sent; tell IT.</source>
        <translation>메일 서버가 암호화를 하지 않아 보내지 않았습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The receiver does not accept this desk&apos;s token or password; tell IT.</source>
        <translation>받는 곳이 이 자리의 토큰이나 비밀번호를 받지 않습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The token or password in the keyring cannot be used; tell IT.</source>
        <translation>보관된 토큰이나 비밀번호를 쓸 수 없습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The receiver sends the desk to another place, which it does not follow; tell IT.</source>
        <translation>받는 곳이 다른 곳으로 보내려 해서 따르지 않았습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>Something else answers at the receiver&apos;s address; tell IT.</source>
        <translation>받는 곳의 주소에서 다른 것이 답합니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The mail server does not accept the sender or the recipient; tell IT.</source>
        <translation>메일 서버가 보내는 이나 받는 이를 받지 않습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The shared folder is not there; it is tried again by itself.</source>
        <translation>공유 폴더가 없습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>The shared folder cannot be written; tell IT.</source>
        <translation>공유 폴더에 쓸 수 없습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The shared folder is full; tell IT.</source>
        <translation>공유 폴더가 가득 찼습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The receiver refuses this report; tell IT, then send it again by hand.</source>
        <translation>받는 곳이 이 신고서를 거절했습니다. 전산 담당자에게 알린 뒤 다시 보내세요.</translation>
    </message>
    <message>
        <source>The receiver holds another report under the same key; tell IT, then send it again by hand.</source>
        <translation>받는 곳에 같은 키의 다른 신고서가 있습니다. 전산 담당자에게 알린 뒤 다시 보내세요.</translation>
    </message>
    <message>
        <source>The place that this report goes to is no longer set up; tell IT.</source>
        <translation>이 신고서를 보낼 곳이 더는 설정되어 있지 않습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The saved evidence of this report was not found; tell IT.</source>
        <translation>이 신고서의 증거를 찾지 못했습니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The program made an error while sending; it is tried again by itself.</source>
        <translation>보내는 중에 프로그램 오류가 있었습니다. 저절로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>{time} delivered to {name}</source>
        <translation>{time} {name}에 전달됨</translation>
    </message>
    <message>
        <source>The report did not reach {name}.</source>
        <translation>신고서가 {name}에 전달되지 않았습니다.</translation>
    </message>
    <message>
        <source>The report to {name} waits.</source>
        <translation>{name}에 보낼 신고서가 기다립니다.</translation>
    </message>
    <message>
        <source>A report that nobody completed was sent by itself. Open its call to complete it.</source>
        <translation>마치지 않은 신고서를 저절로 보냈습니다. 그 통화를 열어 마칠 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>DeliveryLight</name>
    <message numerus="yes">
        <source>%n report(s) on the way</source>
        <translation>
            <numerusform>신고서 %n건 보내는 중</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Phone</source>
        <translation>전화</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>차량</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>금액</translation>
    </message>
</context>
<context>
    <name>DeviceToasts</name>
    <message>
        <source>Nothing is used in place of {name} until this call ends.</source>
        <translation>이 통화가 끝날 때까지 대신 쓰는 장치가 없습니다: {name}</translation>
    </message>
    <message>
        <source>{name} is used until this call ends.</source>
        <translation>이 통화가 끝날 때까지 그대로 씁니다: {name}</translation>
    </message>
    <message>
        <source>{before} is gone: you hear through {after} now.</source>
        <translation>{before}: 연결이 끊겼습니다. 이제 듣는 장치는 {after}입니다.</translation>
    </message>
    <message>
        <source>{before} is gone: you speak into {after} now.</source>
        <translation>{before}: 연결이 끊겼습니다. 이제 말하는 장치는 {after}입니다.</translation>
    </message>
    <message>
        <source>You hear through {after} again.</source>
        <translation>듣는 장치는 다시 {after}입니다.</translation>
    </message>
    <message>
        <source>You speak into {after} again.</source>
        <translation>말하는 장치는 다시 {after}입니다.</translation>
    </message>
    <message>
        <source>You hear through {after} now.</source>
        <translation>이제 듣는 장치는 {after}입니다.</translation>
    </message>
    <message>
        <source>You speak into {after} now.</source>
        <translation>이제 말하는 장치는 {after}입니다.</translation>
    </message>
</context>
<context>
    <name>DisplayPage</name>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Where the system asks for high contrast, the window follows.</source>
        <translation>시스템이 고대비를 쓰면 창도 따릅니다.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>고대비</translation>
    </message>
</context>
<context>
    <name>DraftBand</name>
    <message>
        <source>Copy these</source>
        <translation>이 문장 넣기</translation>
    </message>
    <message>
        <source>Sentences that fit the caller&apos;s words</source>
        <translation>민원인의 말에 맞는 문장</translation>
    </message>
    <message>
        <source>Shown as soon as one fits what the caller says.</source>
        <translation>민원인의 말에 맞는 문장이 있으면 여기에 보입니다.</translation>
    </message>
</context>
<context>
    <name>EvidenceView</name>
    <message>
        <source>Saved evidence</source>
        <translation>저장된 증거</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>상담사</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>What the caller said</source>
        <translation>민원인이 한 말</translation>
    </message>
    <message>
        <source>Machine text. Enter plays it. Tick what you heard yourself; unconfirmed is fine too.</source>
        <translation>기계가 받아쓴 글입니다. Enter로 들을 수 있습니다. 직접 들은 말에 표시해 주세요. 표시하지 않아도 됩니다.</translation>
    </message>
    <message>
        <source>No words of the caller were written down yet.</source>
        <translation>아직 받아쓴 민원인의 말이 없습니다.</translation>
    </message>
    <message>
        <source>Stored with it</source>
        <translation>함께 저장된 것</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>My notes</source>
        <translation>내 메모</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>봉인</translation>
    </message>
    <message>
        <source>Numbers are masked on the screen.</source>
        <translation>화면의 전화번호는 가려서 보입니다.</translation>
    </message>
    <message>
        <source>saved {time}</source>
        <translation>{time} 저장</translation>
    </message>
    <message>
        <source>first {first} · version {count}, {newest}</source>
        <translation>처음 {first} · {count}판 {newest}</translation>
    </message>
    <message>
        <source>{lines} lines · {unsure} unsure</source>
        <translation>{lines}줄 · 확실하지 않은 줄 {unsure}개</translation>
    </message>
    <message>
        <source>{lines} lines</source>
        <translation>{lines}줄</translation>
    </message>
    <message>
        <source>The call goes on; what comes is added.</source>
        <translation>통화가 이어지고 있습니다. 뒤에 나오는 말도 더해집니다.</translation>
    </message>
    <message>
        <source>by the agent, {time}</source>
        <translation>상담사가 종료 {time}</translation>
    </message>
    <message>
        <source>by the caller, {time}</source>
        <translation>상대가 종료 {time}</translation>
    </message>
    <message>
        <source>by the network, {time}</source>
        <translation>통신망에서 끊김 {time}</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this call</source>
        <translation>이 통화에서 찾기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Welcome to the desk</source>
        <translation>다산 데스크입니다</translation>
    </message>
    <message>
        <source>Your name and staff number are kept with every record. Asked once.</source>
        <translation>이름과 사번은 모든 기록에 함께 남습니다. 한 번만 묻습니다.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>사번</translation>
    </message>
    <message>
        <source>Take a practice call</source>
        <translation>연습 통화 받아 보기</translation>
    </message>
    <message>
        <source>A simulated citizen calls this desk. No account, no headset and no network are needed.</source>
        <translation>가상의 시민이 전화를 겁니다. 계정도 헤드셋도 인터넷도 필요 없습니다.</translation>
    </message>
    <message>
        <source>Enter a phone account</source>
        <translation>전화 계정 넣기</translation>
    </message>
    <message>
        <source>Check the sound</source>
        <translation>소리 시험하기</translation>
    </message>
    <message>
        <source>Later, show me the desk</source>
        <translation>나중에, 먼저 둘러보기</translation>
    </message>
</context>
<context>
    <name>FlagForm</name>
    <message>
        <source>What is the matter with this answer?</source>
        <translation>이 답변의 무엇이 다릅니까?</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>오래된 내용</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>틀린 내용</translation>
    </message>
    <message>
        <source>For the owner: what is different? No caller&apos;s data.</source>
        <translation>담당자에게: 무엇이 다른가요? 민원인 정보는 빼 주세요.</translation>
    </message>
    <message>
        <source>Note for the owner</source>
        <translation>담당자에게 남길 말</translation>
    </message>
    <message>
        <source>Keep the flag</source>
        <translation>신고 남기기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>FormMore</name>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Do you want to press charges?</source>
        <translation>고소·고발을 원하시나요?</translation>
    </message>
    <message>
        <source>The police were called</source>
        <translation>경찰에 신고함</translation>
    </message>
    <message>
        <source>Reference of the police</source>
        <translation>경찰 접수번호</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>No supervisor&apos;s address is known here. Tell IT.</source>
        <translation>관리자 전화 주소가 없습니다. 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>your supervisor</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Noted. In a real call {name} would be called now.</source>
        <translation>기록했습니다. 실제 통화에서는 지금 전화가 걸립니다: {name}</translation>
    </message>
    <message>
        <source>Not now: the second line is taken.</source>
        <translation>지금은 걸 수 없습니다. 둘째 회선을 쓰는 중입니다.</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>Answers found</source>
        <translation>찾은 답변</translation>
    </message>
</context>
<context>
    <name>ImportBox</name>
    <message>
        <source>Make the pack from files</source>
        <translation>파일로 상담DB 만들기</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>파일 고르기</translation>
    </message>
    <message>
        <source>Build and use</source>
        <translation>만들어서 쓰기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>The answers in use stay</source>
        <translation>쓰던 답변이 그대로 남습니다</translation>
    </message>
    <message>
        <source>Rows that are left out</source>
        <translation>빠지는 행</translation>
    </message>
    <message>
        <source>YAML, JSONL, CSV, XLSX or another pack. What changes is shown before anything is written.</source>
        <translation>YAML, JSONL, CSV, XLSX 또는 다른 상담DB 파일. 무엇이 바뀌는지 먼저 보여 드립니다.</translation>
    </message>
    <message>
        <source>Packs are made between calls.</source>
        <translation>상담DB는 통화가 없을 때 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>답변</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Files of articles</source>
        <translation>답변 파일</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>멈췄습니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>That did not work, the pack in use stays: {reason}</source>
        <translation>만들지 못해 지금 상담DB를 그대로 씁니다: {reason}</translation>
    </message>
    <message>
        <source>Reading the files.</source>
        <translation>파일을 읽는 중입니다.</translation>
    </message>
    <message>
        <source>Done: {articles} articles are in use, {refused} rows were left out.</source>
        <translation>답변 {articles}건을 쓰기 시작했습니다. {refused}개 행은 빠졌습니다.</translation>
    </message>
    <message>
        <source>Reading: {done}</source>
        <translation>읽는 중: {done}</translation>
    </message>
    <message>
        <source>Indexing: {done}</source>
        <translation>색인하는 중: {done}</translation>
    </message>
    <message>
        <source>Writing: {done}</source>
        <translation>쓰는 중: {done}</translation>
    </message>
    <message>
        <source>{articles} articles: {added} new, {changed} changed, {removed} gone, {same} as before.</source>
        <translation>답변 {articles}건: 새로 {added}, 바뀜 {changed}, 없어짐 {removed}, 그대로 {same}.</translation>
    </message>
    <message>
        <source>{refused} rows are left out.</source>
        <translation>{refused}개 행은 빠집니다.</translation>
    </message>
    <message>
        <source>{warned} rows are taken with remarks.</source>
        <translation>{warned}개 행은 확인이 필요합니다.</translation>
    </message>
    <message>
        <source>{file}, line {line}: {reason}</source>
        <translation>{file} {line}행: {reason}</translation>
    </message>
</context>
<context>
    <name>Incidents</name>
    <message>
        <source>Counts again: {what}</source>
        <translation>다시 반영: {what}</translation>
    </message>
    <message>
        <source>Counts no more: {what}</source>
        <translation>반영 안 함: {what}</translation>
    </message>
    <message>
        <source>abuse</source>
        <translation>악성</translation>
    </message>
    <message>
        <source>difficult call</source>
        <translation>강성</translation>
    </message>
    <message>
        <source>counts no more</source>
        <translation>반영 안 함</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>반영됨</translation>
    </message>
    <message>
        <source>too old to count</source>
        <translation>기간 지남</translation>
    </message>
</context>
<context>
    <name>IncidentsView</name>
    <message>
        <source>Earlier incidents of this caller</source>
        <translation>이 민원인의 이전 사건</translation>
    </message>
    <message>
        <source>Enter: one that is wrong counts no more, or counts again. The reason is kept.</source>
        <translation>Enter: 잘못된 사건은 반영하지 않거나 다시 반영합니다. 이유가 남습니다.</translation>
    </message>
    <message>
        <source>No earlier incident of this caller is kept.</source>
        <translation>이 민원인의 이전 사건이 없습니다.</translation>
    </message>
    <message>
        <source>Why it counts no more, then Enter</source>
        <translation>반영하지 않는 이유를 쓰고 Enter</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>돌아가기</translation>
    </message>
</context>
<context>
    <name>KeptPage</name>
    <message>
        <source>All that this desk keeps of your work. It stays here; nobody is scored by it.</source>
        <translation>이 자리에 보관된 내 기록 전부입니다. 여기에만 있고, 누구도 점수를 매기지 않습니다.</translation>
    </message>
    <message>
        <source>Write all of it into a file</source>
        <translation>전부 파일로 저장</translation>
    </message>
    <message>
        <source>What is sealed stays sealed in the file.</source>
        <translation>봉인된 것은 파일에서도 봉인되어 있습니다.</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Lines of transcripts</source>
        <translation>자막 줄</translation>
    </message>
    <message>
        <source>Consultations</source>
        <translation>협의 통화</translation>
    </message>
    <message>
        <source>Write-ups</source>
        <translation>후처리 기록</translation>
    </message>
    <message>
        <source>Incident reports</source>
        <translation>신고서</translation>
    </message>
    <message>
        <source>Saved versions of evidence</source>
        <translation>저장된 증거</translation>
    </message>
    <message>
        <source>Rests, looks at originals and other notes of incidents</source>
        <translation>휴식·원본 열람 등 사건 기록</translation>
    </message>
    <message>
        <source>Recordings of incidents</source>
        <translation>사건의 녹음</translation>
    </message>
    <message>
        <source>Practice calls</source>
        <translation>연습 통화</translation>
    </message>
    <message>
        <source>Uses of answers</source>
        <translation>상담DB 이용</translation>
    </message>
    <message>
        <source>Favourites and pins</source>
        <translation>즐겨찾기와 고정</translation>
    </message>
    <message>
        <source>Flagged answers</source>
        <translation>표시한 답변</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Learned wordings</source>
        <translation>익힌 표현</translation>
    </message>
    <message>
        <source>Where to write it</source>
        <translation>저장할 곳</translation>
    </message>
    <message>
        <source>The file could not be written: {why}</source>
        <translation>파일을 저장할 수 없습니다: {why}</translation>
    </message>
    <message>
        <source>Written: {name}</source>
        <translation>저장했습니다: {name}</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Press a key</source>
        <translation>키를 누르세요</translation>
    </message>
</context>
<context>
    <name>KeyCap</name>
    <message>
        <source>Left and Right arrow</source>
        <translation>왼쪽·오른쪽 화살표</translation>
    </message>
    <message>
        <source>exclamation mark</source>
        <translation>느낌표</translation>
    </message>
    <message>
        <source>slash</source>
        <translation>빗금</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>That is no key that can be used here.</source>
        <translation>여기에 쓸 수 없는 키입니다.</translation>
    </message>
    <message>
        <source>That key types or edits text. Hold Ctrl or Alt with it.</source>
        <translation>글을 쓰거나 고치는 키입니다. Ctrl이나 Alt와 함께 누르세요.</translation>
    </message>
    <message>
        <source>Text fields need that key to edit.</source>
        <translation>글상자에서 글을 고칠 때 쓰는 키입니다.</translation>
    </message>
    <message>
        <source>That key belongs to the system or its input method.</source>
        <translation>운영체제나 입력기가 쓰는 키입니다.</translation>
    </message>
    <message>
        <source>That key means several things here and stays as it is.</source>
        <translation>여러 곳에서 쓰는 키라 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>That key lies elsewhere on other keyboards. Leave Shift out.</source>
        <translation>자판마다 자리가 다른 키입니다. Shift를 빼고 눌러 주세요.</translation>
    </message>
    <message>
        <source>Default: {key}</source>
        <translation>기본값: {key}</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>All keys are the usual ones.</source>
        <translation>모든 단축키를 기본값으로 되돌렸습니다.</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>동작이나 단축키 찾기</translation>
    </message>
    <message>
        <source>A word or a key</source>
        <translation>낱말, 초성 또는 단축키</translation>
    </message>
    <message>
        <source>All to default</source>
        <translation>모두 기본값으로</translation>
    </message>
    <message>
        <source>Choose a key, then press the new one; Esc leaves it as it is. Most keys with Ctrl or Alt, and the F keys, can be used.</source>
        <translation>바꿀 단축키를 고른 뒤 새 키를 누르세요. Esc를 누르면 그대로 둡니다. Ctrl이나 Alt와 함께 누르는 키와 F 키를 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>This key means several things and stays as it is.</source>
        <translation>여러 곳에서 쓰는 키라 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>{key} is now: {action}</source>
        <translation>{key}: 이제 ‘{action}’ 단축키입니다.</translation>
    </message>
    <message>
        <source>{key} is the key of ‘{action}’.</source>
        <translation>{key}: ‘{action}’의 단축키입니다.</translation>
    </message>
    <message>
        <source>Press it once more to let the two change places.</source>
        <translation>한 번 더 누르면 서로 바꿉니다.</translation>
    </message>
    <message>
        <source>The keys are as they were.</source>
        <translation>단축키를 되돌렸습니다.</translation>
    </message>
</context>
<context>
    <name>Light</name>
    <message>
        <source>fine</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>not in use</source>
        <translation>쓰지 않음</translation>
    </message>
    <message>
        <source>impaired</source>
        <translation>원활하지 않음</translation>
    </message>
    <message>
        <source>not working</source>
        <translation>작동하지 않음</translation>
    </message>
</context>
<context>
    <name>LightBar</name>
    <message>
        <source>Lights</source>
        <translation>상태 표시</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>LineLights</name>
    <message>
        <source>No microphone</source>
        <translation>마이크 없음</translation>
    </message>
    <message>
        <source>Microphone silent</source>
        <translation>마이크 소리 없음</translation>
    </message>
    <message>
        <source>Microphone too loud</source>
        <translation>마이크 너무 큼</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>보류 중</translation>
    </message>
    <message>
        <source>No caller audio</source>
        <translation>상대 음성 없음</translation>
    </message>
    <message>
        <source>Caller silent</source>
        <translation>상대 무음</translation>
    </message>
    <message>
        <source>Caller breaks up</source>
        <translation>상대 음성 끊김</translation>
    </message>
    <message>
        <source>Caller audio</source>
        <translation>상대 음성</translation>
    </message>
    <message>
        <source>Nothing is sent</source>
        <translation>내 음성 안 나감</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>안내 방송</translation>
    </message>
    <message>
        <source>You are muted: the other side hears the announcement alone.</source>
        <translation>음소거 중입니다. 상대는 안내 방송만 듣습니다.</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>음소거됨</translation>
    </message>
    <message>
        <source>The other side hears silence.</source>
        <translation>상대에게는 아무 소리도 들리지 않습니다.</translation>
    </message>
    <message>
        <source>You break up</source>
        <translation>내 음성 끊김</translation>
    </message>
    <message>
        <source>Your audio</source>
        <translation>내 음성</translation>
    </message>
</context>
<context>
    <name>LineWords</name>
    <message>
        <source>No sound arrives from the other side. Ask if they hear you; if not, call back.</source>
        <translation>상대 소리가 오지 않습니다. 들리는지 물어보고, 안 되면 다시 거세요.</translation>
    </message>
    <message>
        <source>Your sound does not leave this PC. Call back; if it stays, tell IT.</source>
        <translation>내 소리가 나가지 않습니다. 다시 거세요. 계속되면 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The other side breaks up: the network loses sound. Let them repeat it.</source>
        <translation>통신망 탓에 상대 소리가 끊깁니다. 다시 말해 달라고 하세요.</translation>
    </message>
    <message>
        <source>You break up for the other side: the network loses sound. Speak slowly.</source>
        <translation>통신망 탓에 상대에게 끊겨 들립니다. 천천히 말하세요.</translation>
    </message>
    <message>
        <source>Poor line</source>
        <translation>통화 품질 나쁨</translation>
    </message>
    <message>
        <source>Fair line</source>
        <translation>통화 품질 보통</translation>
    </message>
    <message>
        <source>Good line</source>
        <translation>통화 품질 좋음</translation>
    </message>
    <message>
        <source>lost in {value} %</source>
        <translation>받는 손실 {value} %</translation>
    </message>
    <message>
        <source>lost out {value} %</source>
        <translation>보내는 손실 {value} %</translation>
    </message>
    <message>
        <source>jitter {value} ms</source>
        <translation>지터 {value} ms</translation>
    </message>
    <message>
        <source>round trip {value} ms</source>
        <translation>왕복 {value} ms</translation>
    </message>
    <message>
        <source>MOS in {value}</source>
        <translation>받는 MOS {value}</translation>
    </message>
    <message>
        <source>MOS out {value}</source>
        <translation>보내는 MOS {value}</translation>
    </message>
    <message>
        <source>they were on hold {time}</source>
        <translation>보류 {time}</translation>
    </message>
    <message>
        <source>they put you on hold {time}</source>
        <translation>상대가 보류 {time}</translation>
    </message>
    <message>
        <source>nothing arrived for {time}</source>
        <translation>소리 없음 {time}</translation>
    </message>
    <message>
        <source>rang {time}</source>
        <translation>벨 {time}</translation>
    </message>
    <message>
        <source>in the call {time}</source>
        <translation>통화 {time}</translation>
    </message>
    <message>
        <source>You declined it; the caller heard: {words}</source>
        <translation>상담사가 거절함, 상대가 들은 말: {words}</translation>
    </message>
    <message>
        <source>You ended it</source>
        <translation>상담사가 끊음</translation>
    </message>
    <message>
        <source>The other side ended it</source>
        <translation>상대가 끊음</translation>
    </message>
    <message>
        <source>The network ended it</source>
        <translation>통신망에서 끊김</translation>
    </message>
    <message>
        <source>Not allowed by the server</source>
        <translation>서버가 허락하지 않음</translation>
    </message>
    <message>
        <source>No such number</source>
        <translation>없는 번호</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>No common codec</source>
        <translation>맞는 코덱 없음</translation>
    </message>
    <message>
        <source>Not reachable now</source>
        <translation>지금 연결할 수 없음</translation>
    </message>
    <message>
        <source>Number incomplete</source>
        <translation>번호가 덜 눌림</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>통화 중</translation>
    </message>
    <message>
        <source>Given up before the answer</source>
        <translation>받기 전에 끊음</translation>
    </message>
    <message>
        <source>Fault at the server</source>
        <translation>서버 장애</translation>
    </message>
    <message>
        <source>Server not reachable</source>
        <translation>서버에 닿지 않음</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Blocked by the other side</source>
        <translation>상대가 차단함</translation>
    </message>
    <message>
        <source>Has another number now</source>
        <translation>번호가 바뀜</translation>
    </message>
    <message>
        <source>The call went round in circles</source>
        <translation>연결이 돌기만 하다 끊김</translation>
    </message>
    <message>
        <source>Only takes calls with a number</source>
        <translation>발신 번호 표시가 필요함</translation>
    </message>
    <message>
        <source>The other side did not understand the call</source>
        <translation>상대 장치가 통화를 알아듣지 못함</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>연결이 끊어짐</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>The phone broke down here</source>
        <translation>이쪽 전화 장애로 끊김</translation>
    </message>
    <message>
        <source>The desk was not there at the end</source>
        <translation>끝날 때 프로그램이 꺼져 있었음</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Dasan Desk</source>
        <translation>다산 데스크</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>연습</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>The phone could not do that: {reason}</source>
        <translation>전화가 그 일을 하지 못했습니다: {reason}</translation>
    </message>
    <message>
        <source>Settings can&apos;t be saved: this holds until you close. Tell IT.</source>
        <translation>설정을 저장할 수 없어 창을 닫을 때까지만 쓰입니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The setting was not kept: {reason}</source>
        <translation>설정을 저장하지 못했습니다: {reason}</translation>
    </message>
    <message>
        <source>That did not work. Nothing was lost; please try again.</source>
        <translation>되지 않았습니다. 잃은 것은 없으니 다시 해 보세요.</translation>
    </message>
    <message>
        <source>The disk is full. Your text is still here and is saved when there is room.</source>
        <translation>디스크가 가득 찼습니다. 쓰신 글은 남아 있고, 자리가 나면 저장합니다.</translation>
    </message>
    <message>
        <source>Can&apos;t save. Your text is still here. Tell IT.</source>
        <translation>저장할 수 없습니다. 쓰신 글은 남아 있습니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>Records of a newer version: update. Nothing was changed.</source>
        <translation>더 새로운 판의 기록입니다. 프로그램을 올려 주세요. 기록은 그대로입니다.</translation>
    </message>
    <message>
        <source>Some text is not saved yet. Make room, or close once more to leave without it.</source>
        <translation>아직 저장되지 않은 글이 있습니다. 자리를 비우거나, 한 번 더 닫으면 저장하지 않고 끝냅니다.</translation>
    </message>
    <message>
        <source>The records can&apos;t be read and stay as they are. Calls are kept until you close. Tell IT.</source>
        <translation>기록 파일이 손상되어 그대로 두었습니다. 통화는 창을 닫을 때까지만 남습니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The data folder is read-only: calls are kept until you close. Tell IT.</source>
        <translation>기록 폴더에 쓸 수 없습니다. 통화는 창을 닫을 때까지만 남습니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The disk is full: calls are kept until you close. Make room and start again.</source>
        <translation>디스크가 가득 찼습니다. 통화는 창을 닫을 때까지만 남습니다. 자리를 비우고 다시 켜 주세요.</translation>
    </message>
    <message>
        <source>The answers can&apos;t be opened. Calls and notes work. Tell IT.</source>
        <translation>상담DB를 열 수 없습니다. 통화와 메모는 됩니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you: another program uses port {port}. Trying again every 10 s.</source>
        <translation>다른 프로그램이 포트 {port}를 쓰고 있어 전화를 받을 수 없습니다. 10초마다 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you: the phone account is wrong. Settings › Account</source>
        <translation>전화 계정이 잘못되어 전화를 받을 수 없습니다. 설정 › 계정</translation>
    </message>
    <message>
        <source>Practice records can&apos;t be opened: this practice is not kept. Real calls are.</source>
        <translation>연습 기록을 열 수 없어 이 연습은 남지 않습니다. 실제 통화는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>The practice calls can&apos;t be read. Real calls work. Tell IT.</source>
        <translation>연습 통화를 읽을 수 없습니다. 실제 통화는 됩니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>New pack unreadable; still using {day}.</source>
        <translation>새 상담DB를 열 수 없어 {day} 자료를 씁니다.</translation>
    </message>
    <message>
        <source>Records can&apos;t be opened: calls are kept until you close. Tell IT.</source>
        <translation>기록을 열 수 없습니다. 통화는 창을 닫을 때까지만 남습니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>Favourites and flags can&apos;t be opened: new ones are kept until you close. Tell IT.</source>
        <translation>즐겨찾기와 오류 신고를 열 수 없습니다. 새로 한 것은 닫을 때까지만 남습니다. 관리자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you: the phone does not start. Trying again every 10 s.</source>
        <translation>전화가 켜지지 않아 전화를 받을 수 없습니다. 10초마다 다시 시도합니다.</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M월 d일</translation>
    </message>
    <message>
        <source>The call was lost. Notes and records are safe.</source>
        <translation>통화가 끊겼습니다. 메모와 기록은 그대로입니다.</translation>
    </message>
    <message>
        <source>The phone is being started again. Notes and records are safe.</source>
        <translation>전화를 다시 켜는 중입니다. 메모와 기록은 그대로입니다.</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you. Trying again in {seconds} s.</source>
        <translation>지금은 전화를 받을 수 없습니다. {seconds}초 뒤 다시 연결합니다.</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you.</source>
        <translation>전화를 받을 수 없습니다.</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you. Trying to connect.</source>
        <translation>지금은 전화를 받을 수 없습니다. 연결하는 중입니다.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is for another name. Tell IT.</source>
        <translation>서버 인증서의 이름이 다릅니다. 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired. Tell IT.</source>
        <translation>서버 인증서가 만료되었습니다. 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The certificate is not valid yet: check this computer&apos;s clock.</source>
        <translation>인증서가 아직 유효하지 않습니다. 이 컴퓨터의 시계를 확인하세요.</translation>
    </message>
    <message>
        <source>This computer does not trust the server&apos;s certificate. Tell IT.</source>
        <translation>이 컴퓨터가 서버 인증서를 믿지 않습니다. 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The server wants a proof of the password that this phone does not know. Tell IT.</source>
        <translation>서버가 이 전화가 모르는 방식으로 비밀번호 확인을 요구합니다. 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The server asks for the password: Settings › Phone account ({key}).</source>
        <translation>서버가 비밀번호를 요구합니다: 설정 › 전화 계정 ({key}).</translation>
    </message>
    <message>
        <source>No transcript: this computer&apos;s processor is too slow for the installed speech models (no AVX2).</source>
        <translation>자막 없음: 이 컴퓨터의 프로세서가 설치된 음성 모델에 비해 너무 느립니다 (AVX2 없음).</translation>
    </message>
    <message>
        <source>No transcript: this computer has too little memory for the installed speech models.</source>
        <translation>자막 없음: 이 컴퓨터의 메모리가 설치된 음성 모델에 비해 부족합니다.</translation>
    </message>
    <message>
        <source>A smaller speech model listens: this computer&apos;s processor is too slow for the chosen one (no AVX2).</source>
        <translation>더 작은 음성 모델을 사용합니다: 이 컴퓨터의 프로세서가 선택한 모델에 비해 너무 느립니다 (AVX2 없음).</translation>
    </message>
    <message>
        <source>A smaller speech model listens: this computer has too little memory for the chosen one.</source>
        <translation>더 작은 음성 모델을 사용합니다: 이 컴퓨터의 메모리가 선택한 모델에 비해 부족합니다.</translation>
    </message>
    <message>
        <source>This speech model needs longer stretches of sound; the transcript costs more time.</source>
        <translation>이 음성 모델은 더 긴 소리 구간이 필요하여 자막이 시간을 더 씁니다.</translation>
    </message>
    <message>
        <source>This computer decodes speech the slow way; the transcript costs more time.</source>
        <translation>이 컴퓨터에서는 음성을 느린 방식으로 해독하여 자막이 시간을 더 씁니다.</translation>
    </message>
    <message>
        <source>Speech is found by its loudness alone: words may be missing.</source>
        <translation>소리 크기로만 말을 찾고 있어, 빠지는 말이 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>The computer is busy: the transcript comes more slowly.</source>
        <translation>컴퓨터가 바빠 자막이 천천히 나옵니다.</translation>
    </message>
    <message>
        <source>The computer is busy: words come sentence by sentence.</source>
        <translation>컴퓨터가 바빠 말이 끝날 때마다 자막이 나옵니다.</translation>
    </message>
    <message>
        <source>‘{action}’ has that key.</source>
        <translation>‘{action}’의 단축키입니다.</translation>
    </message>
    <message>
        <source>Keys in the settings: ‘{entry}’ is no action whose key can be changed.</source>
        <translation>설정의 단축키: ‘{entry}’ 동작이 없거나 단축키를 바꿀 수 없는 동작입니다.</translation>
    </message>
    <message>
        <source>Keys in the settings: ‘{entry}’ does not hold; {default} is used. {why}</source>
        <translation>설정의 단축키: ‘{entry}’ 대신 {default} 키를 씁니다. {why}</translation>
    </message>
    <message>
        <source>The server&apos;s name was not found. Check the network.</source>
        <translation>서버 이름을 찾지 못했습니다. 네트워크를 확인해 주세요.</translation>
    </message>
    <message>
        <source>This computer has no network. Check cable or Wi-Fi.</source>
        <translation>이 컴퓨터에 네트워크가 없습니다. 케이블이나 Wi-Fi를 확인해 주세요.</translation>
    </message>
    <message>
        <source>This computer&apos;s place in the network has changed.</source>
        <translation>이 컴퓨터의 네트워크 주소가 바뀌었습니다.</translation>
    </message>
    <message>
        <source>This computer was asleep.</source>
        <translation>이 컴퓨터가 절전 상태였습니다.</translation>
    </message>
    <message>
        <source>The server takes no secured connection here. Tell IT.</source>
        <translation>서버가 보안 연결을 받지 않습니다. 전산 담당에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The server refuses user name or password.</source>
        <translation>서버가 사용자 이름이나 비밀번호를 거부합니다.</translation>
    </message>
    <message>
        <source>The server does not know this account.</source>
        <translation>서버에 이 계정이 없습니다.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>서버가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The server says {code}.</source>
        <translation>서버 응답: {code}.</translation>
    </message>
    <message>
        <source>No sound device: neither side hears the other. Plug in a headset.</source>
        <translation>소리 장치가 없어 서로 들리지 않습니다. 헤드셋을 꽂아 주세요.</translation>
    </message>
    <message>
        <source>No sound from your microphone. Check plug and mute.</source>
        <translation>마이크 소리가 없습니다. 헤드셋과 음소거 단추를 확인해 주세요.</translation>
    </message>
    <message>
        <source>No microphone to use: the caller can&apos;t hear you. Plug in a headset.</source>
        <translation>쓸 마이크가 없어 상대가 듣지 못합니다. 헤드셋을 꽂아 주세요.</translation>
    </message>
    <message>
        <source>No headset or loudspeaker to use: you can&apos;t hear the caller. Plug one in.</source>
        <translation>쓸 헤드셋이나 스피커가 없어 상대 소리가 들리지 않습니다. 꽂아 주세요.</translation>
    </message>
    <message>
        <source>The headset is gone: you can&apos;t hear the caller. Check the plug.</source>
        <translation>헤드셋이 빠져 상대 소리가 들리지 않습니다. 꽂혀 있는지 확인해 주세요.</translation>
    </message>
    <message>
        <source>Echo and noise are not removed: that part can&apos;t be loaded. Calls work.</source>
        <translation>메아리와 소음을 없애지 못합니다: 필요한 부분을 불러올 수 없습니다. 통화는 됩니다.</translation>
    </message>
    <message>
        <source>We hear nothing from your microphone. Check its switch, plug and boom.</source>
        <translation>마이크에서 아무 소리도 들리지 않습니다. 음소거 스위치와 연결을 확인하세요.</translation>
    </message>
    <message>
        <source>Your microphone is too loud and distorts. Turn it down or away.</source>
        <translation>마이크 소리가 너무 커서 찌그러집니다. 소리를 줄이거나 입에서 떼세요.</translation>
    </message>
    <message>
        <source>Only silence comes from the other side. Ask whether they hear you.</source>
        <translation>상대 쪽에서 아무 소리도 오지 않습니다. 들리는지 물어봐 주세요.</translation>
    </message>
    <message>
        <source>No speech model. Calls and search work. Settings › Transcript</source>
        <translation>자막 모델이 없습니다. 통화와 검색은 됩니다. 설정 › 자막</translation>
    </message>
    <message>
        <source>No transcript here: the practice model does not know this call&apos;s words.</source>
        <translation>이 연습에는 자막이 없습니다. 연습용 모델이 이 통화의 말을 모릅니다.</translation>
    </message>
    <message>
        <source>Transcript restarting; gaps are filled later.</source>
        <translation>자막을 다시 켜는 중입니다. 빠진 말은 통화 뒤 채웁니다.</translation>
    </message>
    <message>
        <source>The transcript can&apos;t start. Calls and search work. Settings › Transcript</source>
        <translation>자막을 켤 수 없습니다. 통화와 검색은 됩니다. 설정 › 자막</translation>
    </message>
    <message>
        <source>A smaller speech model writes for now: too little time or memory.</source>
        <translation>시간이나 메모리가 모자라 지금은 작은 자막 모델로 받아씁니다.</translation>
    </message>
    <message>
        <source>The transcript is behind and will be filled in after the call.</source>
        <translation>자막이 밀렸습니다. 통화 뒤 채웁니다.</translation>
    </message>
    <message>
        <source>PyTorch runs the speech model: CTranslate2 is not installed on this computer. Tell IT.</source>
        <translation>이 컴퓨터에 CTranslate2가 설치되어 있지 않아 PyTorch로 음성 모델을 실행합니다. 전산 담당자에게 알리세요.</translation>
    </message>
    <message>
        <source>PyTorch runs the speech model: the disk has no room for CTranslate2&apos;s form of it. Make room.</source>
        <translation>디스크에 CTranslate2용 모델을 둘 공간이 없어 PyTorch로 음성 모델을 실행합니다. 공간을 비우세요.</translation>
    </message>
    <message>
        <source>PyTorch runs the speech model: it can&apos;t be converted for CTranslate2. Tell IT.</source>
        <translation>CTranslate2용으로 변환할 수 없어 PyTorch로 음성 모델을 실행합니다. 전산 담당자에게 알리세요.</translation>
    </message>
    <message>
        <source>The disk is full: this call is not recorded. It goes on. Make room.</source>
        <translation>디스크가 가득 차 이 통화는 녹음되지 않습니다. 통화는 계속됩니다. 공간을 비우세요.</translation>
    </message>
    <message>
        <source>The recording gets no sound: trying again. The call goes on.</source>
        <translation>녹음에 소리가 오지 않아 다시 시도합니다. 통화는 계속됩니다.</translation>
    </message>
    <message>
        <source>This call can&apos;t be recorded; trying again. It goes on. Tell IT.</source>
        <translation>이 통화를 녹음하지 못해 다시 시도합니다. 통화는 계속됩니다. 전산 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The setting {key} has a wrong value; {default} is used.</source>
        <translation>설정 {key}의 값이 맞지 않아 {default}을(를) 씁니다.</translation>
    </message>
    <message>
        <source>{key} is not a setting and is left alone; check its spelling.</source>
        <translation>{key}은(는) 없는 설정이라 그대로 두었습니다. 철자를 확인해 주세요.</translation>
    </message>
    <message>
        <source>The settings file can&apos;t be read. All defaults are used; the file is left as it is.</source>
        <translation>설정 파일을 읽을 수 없어 기본값을 씁니다. 파일은 그대로 두었습니다.</translation>
    </message>
</context>
<context>
    <name>ModelBox</name>
    <message>
        <source>Speech models on this computer</source>
        <translation>이 컴퓨터의 음성 모델</translation>
    </message>
    <message>
        <source>Install from a file</source>
        <translation>파일에서 설치</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Speech models are installed and verified between calls.</source>
        <translation>음성 모델은 통화가 없을 때 설치하고 확인합니다.</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>음성 모델</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>음성 모델</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>멈췄습니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>That did not work, nothing was changed: {reason}</source>
        <translation>되지 않았고, 바뀐 것은 없습니다: {reason}</translation>
    </message>
    <message>
        <source>{model} is installed. Choose it to use it for calls.</source>
        <translation>{model}을(를) 설치했습니다. 통화에 쓰려면 고르세요.</translation>
    </message>
    <message>
        <source>{model} is this very file already.</source>
        <translation>{model}은(는) 이미 같은 파일입니다.</translation>
    </message>
    <message>
        <source>{model} can&apos;t be used: {reason}</source>
        <translation>{model}은(는) 쓸 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>{model} is whole and works.</source>
        <translation>{model}은(는) 온전하고 잘 됩니다.</translation>
    </message>
    <message>
        <source>{model} was removed.</source>
        <translation>{model}을(를) 지웠습니다.</translation>
    </message>
    <message>
        <source>Fetching: {done}</source>
        <translation>받는 중: {done}</translation>
    </message>
    <message>
        <source>Reading: {done}</source>
        <translation>읽는 중: {done}</translation>
    </message>
    <message>
        <source>Loading and trying it; this takes a while.</source>
        <translation>불러와서 시험하는 중입니다. 조금 걸립니다.</translation>
    </message>
</context>
<context>
    <name>ModelLineCard</name>
    <message>
        <source>You could say</source>
        <translation>이렇게 말해 보세요</translation>
    </message>
    <message>
        <source>Say it for me</source>
        <translation>대신 말하기</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Use for calls</source>
        <translation>통화에 쓰기</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>It is in use: choose another speech model first.</source>
        <translation>사용 중입니다. 먼저 다른 음성 모델을 고르세요.</translation>
    </message>
    <message>
        <source>{what}: {model}</source>
        <translation>{what}: {model}</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Practice voices only: practice calls use it by themselves, real calls never.</source>
        <translation>연습 목소리 전용: 연습 통화에만 저절로 쓰이고 실제 통화에는 쓰이지 않습니다.</translation>
    </message>
    <message>
        <source>{megabytes} MB</source>
        <translation>{megabytes} MB</translation>
    </message>
    <message>
        <source>The file has changed since it was checked. Verify it.</source>
        <translation>확인한 뒤에 파일이 바뀌었습니다. 다시 확인해 주세요.</translation>
    </message>
    <message>
        <source>Not verified on this computer.</source>
        <translation>이 컴퓨터에서 아직 확인하지 않았습니다.</translation>
    </message>
    <message>
        <source>{count} languages</source>
        <translation>언어 {count}개</translation>
    </message>
    <message>
        <source>speed not measured</source>
        <translation>속도는 재지 않음</translation>
    </message>
    <message>
        <source>a second of speech costs {seconds} s here</source>
        <translation>이 컴퓨터에서 말 1초에 {seconds}초 계산</translation>
    </message>
    <message>
        <source>a second of speech costs {seconds} s here: too slow for this computer</source>
        <translation>말 1초에 {seconds}초 계산: 이 컴퓨터에는 너무 느림</translation>
    </message>
    <message>
        <source>with CTranslate2 {seconds} s</source>
        <translation>CTranslate2로 {seconds}초</translation>
    </message>
</context>
<context>
    <name>NotesView</name>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Write while you talk. Every key is saved.</source>
        <translation>통화하며 적으세요. 글자마다 저장됩니다.</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장됨</translation>
    </message>
</context>
<context>
    <name>Original</name>
    <message>
        <source>Nothing is masked here.</source>
        <translation>여기에는 가려진 내용이 없습니다.</translation>
    </message>
    <message>
        <source>Shown until you leave this page. The reason is kept.</source>
        <translation>이 화면을 벗어날 때까지 보입니다. 사유는 기록되었습니다.</translation>
    </message>
    <message>
        <source>Original of the number</source>
        <translation>전화번호의 원문</translation>
    </message>
    <message>
        <source>Original of the notes</source>
        <translation>메모의 원문</translation>
    </message>
    <message>
        <source>Original of the line at {time}</source>
        <translation>{time} 발언의 원문</translation>
    </message>
</context>
<context>
    <name>OriginalField</name>
    <message>
        <source>Show original</source>
        <translation>원문 보기</translation>
    </message>
    <message>
        <source>Why it is needed, then Enter; the reason is kept</source>
        <translation>필요한 사유를 적고 Enter, 사유는 기록됩니다</translation>
    </message>
</context>
<context>
    <name>PracticeStrip</name>
    <message>
        <source>Practice — not a real call</source>
        <translation>연습 모드 — 실제 전화가 아닙니다</translation>
    </message>
    <message>
        <source>Leave practice</source>
        <translation>연습 끝내기</translation>
    </message>
</context>
<context>
    <name>ProcedureView</name>
    <message>
        <source>Say this</source>
        <translation>이렇게 말씀하세요</translation>
    </message>
    <message>
        <source>I said it myself</source>
        <translation>직접 말했음</translation>
    </message>
    <message>
        <source>Calm again · back to the talk</source>
        <translation>진정됨 · 상담으로</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>지금까지</translation>
    </message>
    <message>
        <source>Change type</source>
        <translation>유형 바꾸기</translation>
    </message>
    <message>
        <source>You may end first: it is never held against you.</source>
        <translation>먼저 끊어도 불이익이 없습니다.</translation>
    </message>
    <message>
        <source>Abuse {count}</source>
        <translation>악성 {count}</translation>
    </message>
    <message>
        <source>Difficult {count}</source>
        <translation>강성 {count}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>later</source>
        <translation>나중</translation>
    </message>
    <message>
        <source>It is being said</source>
        <translation>들려주는 중</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>통화 종료</translation>
    </message>
    <message>
        <source>Let it be said into the call</source>
        <translation>방송으로 들려주기</translation>
    </message>
    <message>
        <source>No sound for this sentence: say it yourself</source>
        <translation>이 문장은 음성이 없습니다. 직접 말씀하세요</translation>
    </message>
</context>
<context>
    <name>ProposalView</name>
    <message>
        <source>Propose an edit</source>
        <translation>고침 제안</translation>
    </message>
    <message>
        <source>Propose an answer</source>
        <translation>새 답변 제안</translation>
    </message>
    <message>
        <source>Every key is kept. The owner gets it once it is finished. No caller&apos;s data.</source>
        <translation>글자마다 저장됩니다. 마치면 담당자에게 전해집니다. 민원인 정보는 빼 주세요.</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답변</translation>
    </message>
    <message>
        <source>Other wordings, one a line</source>
        <translation>다른 표현 (한 줄에 하나)</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Nothing of this proposal is kept</source>
        <translation>이 제안은 남지 않습니다</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장됨</translation>
    </message>
</context>
<context>
    <name>Protection</name>
    <message>
        <source>crisis call</source>
        <translation>위기 상담</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아님</translation>
    </message>
    <message>
        <source>This may be a crisis</source>
        <translation>위기 신호일 수 있습니다</translation>
    </message>
    <message>
        <source>Sounds like: {what} · {count}</source>
        <translation>들리는 내용: {what} · {count}회</translation>
    </message>
    <message>
        <source>begin</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>The recommended time is over</source>
        <translation>권장 시간이 지났습니다</translation>
    </message>
    <message>
        <source>Recommended time: {minutes} min left</source>
        <translation>권장 시간이 {minutes}분 남았습니다</translation>
    </message>
    <message>
        <source>say so</source>
        <translation>알리기</translation>
    </message>
    <message>
        <source>abuse {count}</source>
        <translation>악성 {count}회</translation>
    </message>
    <message>
        <source>difficult {count}</source>
        <translation>강성 {count}회</translation>
    </message>
    <message>
        <source>Mind this caller · {counts} · last: {last}</source>
        <translation>응대 주의 · {counts} · 최근 {last}</translation>
    </message>
    <message>
        <source>see or correct</source>
        <translation>사건 보기·정정</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>어떤 유형인가요?</translation>
    </message>
    <message>
        <source>Why does it take longer?</source>
        <translation>왜 더 걸리나요?</translation>
    </message>
    <message>
        <source>Say this: {sentence}</source>
        <translation>이렇게 말하세요: {sentence}</translation>
    </message>
    <message>
        <source>All three talk together; you stay on the line.</source>
        <translation>세 사람이 함께 통화하고, 나가지 않습니다.</translation>
    </message>
    <message>
        <source>No crisis number is known here: call your supervisor.</source>
        <translation>등록된 위기 상담 번호가 없습니다. 관리자를 부르세요.</translation>
    </message>
    <message>
        <source>If anyone is in danger now, call your supervisor.</source>
        <translation>지금 위험한 사람이 있으면 관리자를 부르세요.</translation>
    </message>
    <message>
        <source>If anyone is in danger now: {number}.</source>
        <translation>지금 위험한 사람이 있으면 {number}.</translation>
    </message>
    <message>
        <source>Evidence saved {time}</source>
        <translation>증거 저장됨 {time}</translation>
    </message>
    <message>
        <source>calm again</source>
        <translation>진정됨</translation>
    </message>
    <message>
        <source>by key</source>
        <translation>키로 표시</translation>
    </message>
    <message>
        <source>transcript</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>아님으로 표시</translation>
    </message>
    <message>
        <source>unsure, not counted</source>
        <translation>불확실해서 세지 않음</translation>
    </message>
    <message>
        <source>said by the agent</source>
        <translation>상담사가 직접</translation>
    </message>
    <message>
        <source>played</source>
        <translation>방송</translation>
    </message>
    <message>
        <source>before the call</source>
        <translation>통화 전</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>중단됨</translation>
    </message>
</context>
<context>
    <name>QuoteList</name>
    <message>
        <source>Heard</source>
        <translation>직접 들음</translation>
    </message>
    <message>
        <source>Heard? Space</source>
        <translation>들었으면 Space</translation>
    </message>
    <message>
        <source>unsure words</source>
        <translation>확실하지 않음</translation>
    </message>
    <message>
        <source>What the caller said</source>
        <translation>민원인이 한 말</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>Your name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Kept with every record.</source>
        <translation>모든 기록에 함께 남습니다.</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>사번</translation>
    </message>
    <message>
        <source>Wrap-up time</source>
        <translation>후처리 시간</translation>
    </message>
    <message>
        <source>From the next call on.</source>
        <translation>다음 통화부터 적용됩니다.</translation>
    </message>
    <message>
        <source>A call that rings</source>
        <translation>걸려 온 전화</translation>
    </message>
    <message>
        <source>By itself: a moment after it rings, while you are ready.</source>
        <translation>자동: 대기 중에 벨이 울리고 잠시 뒤 받습니다.</translation>
    </message>
    <message>
        <source>Is answered by itself</source>
        <translation>자동으로 받기</translation>
    </message>
    <message>
        <source>Waits for {key}</source>
        <translation>{key} 키로 받기</translation>
    </message>
    <message>
        <source>A second caller during a call</source>
        <translation>통화 중에 오는 둘째 전화</translation>
    </message>
    <message>
        <source>One quiet tone in your ear, and a line on the card.</source>
        <translation>귀에 작은 소리 한 번, 카드에 한 줄만 보입니다.</translation>
    </message>
    <message>
        <source>May ring</source>
        <translation>울림</translation>
    </message>
    <message>
        <source>Hears busy</source>
        <translation>통화 중 신호</translation>
    </message>
    <message>
        <source>Days that calls and notes are kept</source>
        <translation>통화·메모를 두는 날수</translation>
    </message>
    <message>
        <source>Transcripts too. Reports stay.</source>
        <translation>자막도 같습니다. 신고서는 남습니다.</translation>
    </message>
    <message>
        <source>Transcripts: {n} days, by the centre&apos;s policy. Reports stay.</source>
        <translation>자막은 센터 정책에 따라 {n}일 둡니다. 신고서는 남습니다.</translation>
    </message>
    <message>
        <source>None, straight to ready</source>
        <translation>없음, 바로 대기</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n}초</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n}일</translation>
    </message>
</context>
<context>
    <name>RedButtonPresenter</name>
    <message>
        <source>Report the last call</source>
        <translation>직전 통화 신고서</translation>
    </message>
    <message>
        <source>Report is open</source>
        <translation>신고서 작성 중</translation>
    </message>
    <message>
        <source>In a crisis nothing warns and nothing ends the call.</source>
        <translation>위기 상담에서는 경고도 종료도 할 수 없습니다.</translation>
    </message>
    <message>
        <source>Crisis call · warnings are locked</source>
        <translation>위기 상담 중 · 경고 잠김</translation>
    </message>
    <message>
        <source>The report is open at the right.</source>
        <translation>오른쪽에 신고서가 열려 있습니다.</translation>
    </message>
    <message>
        <source>Hold 1 s: notice and end</source>
        <translation>1초 누르면 고지 후 종료</translation>
    </message>
    <message>
        <source>Save evidence · procedure</source>
        <translation>증거 저장 · 경고 절차</translation>
    </message>
    <message>
        <source>Report this call</source>
        <translation>이 통화 신고서 쓰기</translation>
    </message>
    <message>
        <source>There is no call to report yet.</source>
        <translation>아직 신고할 통화가 없습니다.</translation>
    </message>
    <message>
        <source>Evidence saved</source>
        <translation>증거 저장됨</translation>
    </message>
</context>
<context>
    <name>RedialPresenter</name>
    <message>
        <source>Nobody has been called from here yet.</source>
        <translation>아직 여기서 건 전화가 없습니다.</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Busy</source>
        <translation>통화 중</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>부재</translation>
    </message>
</context>
<context>
    <name>RefusalRow</name>
    <message>
        <source>What the caller hears · Esc: it rings on</source>
        <translation>상대가 들을 말 · Esc: 계속 울림</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>The report is saved and on its way.</source>
        <translation>신고서를 저장했습니다. 연결되면 보냅니다.</translation>
    </message>
    <message>
        <source>The report is saved.</source>
        <translation>신고서를 저장했습니다.</translation>
    </message>
    <message>
        <source>Withdrawn. Whoever has the report is told.</source>
        <translation>취소했습니다. 받은 곳에도 알립니다.</translation>
    </message>
    <message>
        <source>Withdrawn. Nothing is sent, what was saved stays.</source>
        <translation>취소했습니다. 아무 데도 보내지 않으며, 저장된 증거는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Withdrawn: {reason}. Saving sends it after all.</source>
        <translation>취소됨: {reason}. 저장하면 그래도 보냅니다.</translation>
    </message>
    <message>
        <source>Sent by itself {time}, not confirmed. Saving sends a later version.</source>
        <translation>{time}에 저절로 전송됨, 확인 안 됨. 지금 저장하면 다음 판으로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>Left alone, it is sent by itself {time}, not confirmed.</source>
        <translation>아무도 마치지 않으면 {time}에 &apos;확인 안 됨&apos;으로 저절로 전송됩니다.</translation>
    </message>
    <message>
        <source>The recording can&apos;t be played. Check the headset.</source>
        <translation>녹음을 재생할 수 없습니다. 헤드셋을 확인하세요.</translation>
    </message>
    <message>
        <source>There is no recording of this.</source>
        <translation>이 부분의 녹음이 없습니다.</translation>
    </message>
    <message>
        <source>Recordings can be heard after the call.</source>
        <translation>녹음은 통화 뒤에 들을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>ReportFormView</name>
    <message>
        <source>Incident report</source>
        <translation>신고서</translation>
    </message>
    <message>
        <source>Three digits and Ctrl+Enter, and it is done.</source>
        <translation>숫자 세 번과 Ctrl+Enter면 끝납니다.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>A concrete threat?</source>
        <translation>구체적인 위협이 있었나요?</translation>
    </message>
    <message>
        <source>How are you</source>
        <translation>지금 나는</translation>
    </message>
    <message>
        <source>No</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Keep this caller away from me</source>
        <translation>이 사람 전화를 받지 않게</translation>
    </message>
    <message>
        <source>I would like counselling</source>
        <translation>심리 상담을 원함</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>무엇을 요구했나요</translation>
    </message>
    <message>
        <source>Name the type first: one digit, 1 to 7.</source>
        <translation>유형을 먼저 골라 주세요. 숫자 1~7입니다.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>신고서 저장</translation>
    </message>
    <message>
        <source>It was a mistake</source>
        <translation>잘못 눌렀음</translation>
    </message>
    <message>
        <source>Why it is withdrawn, then Enter</source>
        <translation>취소하는 이유를 쓰고 Enter</translation>
    </message>
    <message>
        <source>Yes · consider {number}</source>
        <translation>예 · {number} 검토</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Back to the call, finish later</source>
        <translation>통화로 돌아가기 · 나중에 쓰기</translation>
    </message>
    <message>
        <source>Finish later</source>
        <translation>나중에 쓰기</translation>
    </message>
    <message>
        <source>Verbal abuse</source>
        <translation>욕설·폭언</translation>
    </message>
    <message>
        <source>Sexual</source>
        <translation>성희롱</translation>
    </message>
    <message>
        <source>Threat</source>
        <translation>협박·위협</translation>
    </message>
    <message>
        <source>Long, repeated</source>
        <translation>장시간·반복</translation>
    </message>
    <message>
        <source>Prank</source>
        <translation>장난</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>그 밖</translation>
    </message>
    <message>
        <source>Crisis, no abuse</source>
        <translation>위기(악성 아님)</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>괜찮음</translation>
    </message>
    <message>
        <source>Shaken</source>
        <translation>조금 힘듦</translation>
    </message>
    <message>
        <source>Hurt</source>
        <translation>많이 힘듦</translation>
    </message>
</context>
<context>
    <name>ReportPdf</name>
    <message>
        <source>Report of an abusive call</source>
        <translation>악성 민원 통화 신고서</translation>
    </message>
    <message>
        <source>Report of a call in a crisis</source>
        <translation>위기 통화 신고서</translation>
    </message>
    <message>
        <source>Copy with personal data masked</source>
        <translation>개인정보를 가린 사본</translation>
    </message>
    <message>
        <source>Original with personal data: handle with care</source>
        <translation>개인정보가 담긴 원본: 취급 주의</translation>
    </message>
    <message>
        <source>Practice: this call was an exercise, nothing of it happened.</source>
        <translation>연습: 실제로 일어나지 않은 연습 통화입니다.</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>통화 사실</translation>
    </message>
    <message>
        <source>Report number</source>
        <translation>신고 번호</translation>
    </message>
    <message>
        <source>Id in the records</source>
        <translation>기록 ID</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>수신</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>발신</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>상대방</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>상담사</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>팀</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>자리</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>끊은 쪽</translation>
    </message>
    <message>
        <source>the agent</source>
        <translation>상담사</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>상대방</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>통신망</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>통화 시간</translation>
    </message>
    <message>
        <source>Quality of the line</source>
        <translation>통화 품질</translation>
    </message>
    <message>
        <source>loss at most {loss} %, jitter at most {jitter} ms, MOS at least {mos}</source>
        <translation>손실 최대 {loss} %, 지터 최대 {jitter} ms, MOS 최저 {mos}</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>음성 인식 모델</translation>
    </message>
    <message>
        <source>Earlier calls of this number</source>
        <translation>이 번호의 지난 전화</translation>
    </message>
    <message>
        <source>24 h {day} · 30 days {month} · 6 months {half_year}</source>
        <translation>24시간 {day} · 30일 {month} · 6개월 {half_year}</translation>
    </message>
    <message>
        <source>Earlier incidents of this number</source>
        <translation>이 번호의 이전 사건</translation>
    </message>
    <message>
        <source>Standing of this number</source>
        <translation>이 번호의 상태</translation>
    </message>
    <message>
        <source>nothing that counts</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>attention: {class_id}</source>
        <translation>응대 주의: {class_id}</translation>
    </message>
    <message>
        <source>What happened, in order</source>
        <translation>일어난 순서</translation>
    </message>
    <message>
        <source>Third party</source>
        <translation>제삼자</translation>
    </message>
    <message>
        <source>The call began.</source>
        <translation>통화가 시작되었습니다.</translation>
    </message>
    <message>
        <source>The call was answered.</source>
        <translation>전화를 받았습니다.</translation>
    </message>
    <message>
        <source>The call ended, by: {who}</source>
        <translation>통화가 끝났습니다. 끊은 쪽: {who}</translation>
    </message>
    <message>
        <source>Noticed by the program: {labels}</source>
        <translation>프로그램이 알아챔: {labels}</translation>
    </message>
    <message>
        <source>Marked by the agent: {labels}</source>
        <translation>상담사가 표시함: {labels}</translation>
    </message>
    <message>
        <source>the agent said that this is wrong</source>
        <translation>상담사가 아니라고 표시함</translation>
    </message>
    <message>
        <source>heard by the agent</source>
        <translation>상담사가 직접 들음</translation>
    </message>
    <message>
        <source>machine text, not confirmed</source>
        <translation>기계가 받아쓴 글, 확인 안 됨</translation>
    </message>
    <message>
        <source>machine text, unsure, not confirmed</source>
        <translation>기계가 받아쓴 글, 불확실, 확인 안 됨</translation>
    </message>
    <message>
        <source>Warnings given</source>
        <translation>고지한 경고</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>경고</translation>
    </message>
    <message>
        <source>said by the agent</source>
        <translation>상담사가 말함</translation>
    </message>
    <message>
        <source>played by the program</source>
        <translation>프로그램이 재생함</translation>
    </message>
    <message>
        <source>played by the exchange</source>
        <translation>교환기가 재생함</translation>
    </message>
    <message>
        <source>Who was called</source>
        <translation>연락한 곳</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>경찰</translation>
    </message>
    <message>
        <source>Emergency or crisis line</source>
        <translation>긴급·위기 상담 전화</translation>
    </message>
    <message>
        <source>answered {time}</source>
        <translation>{time} 응답</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>The agent&apos;s report</source>
        <translation>상담사 신고 내용</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>verbal abuse</source>
        <translation>욕설·폭언</translation>
    </message>
    <message>
        <source>sexual harassment</source>
        <translation>성희롱</translation>
    </message>
    <message>
        <source>threat</source>
        <translation>협박</translation>
    </message>
    <message>
        <source>long or repeated calls</source>
        <translation>장시간·반복</translation>
    </message>
    <message>
        <source>prank or false report</source>
        <translation>장난·거짓 신고</translation>
    </message>
    <message>
        <source>other</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>caller in a crisis, no abuse</source>
        <translation>위기에 처한 민원인(악성 민원 아님)</translation>
    </message>
    <message>
        <source>Crisis path</source>
        <translation>위기 상담</translation>
    </message>
    <message>
        <source>Where the caller is</source>
        <translation>발신자가 있는 곳</translation>
    </message>
    <message>
        <source>Found out</source>
        <translation>확인한 것</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>연결한 곳</translation>
    </message>
    <message>
        <source>Why it was no crisis</source>
        <translation>위기가 아니었던 이유</translation>
    </message>
    <message>
        <source>Concrete threat</source>
        <translation>구체적 위협</translation>
    </message>
    <message>
        <source>How the agent is</source>
        <translation>상담사 상태</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>괜찮음</translation>
    </message>
    <message>
        <source>shaken</source>
        <translation>놀람</translation>
    </message>
    <message>
        <source>hurt</source>
        <translation>힘듦</translation>
    </message>
    <message>
        <source>Wants no more calls of this person</source>
        <translation>이 사람 전화 분리 희망</translation>
    </message>
    <message>
        <source>Wants counselling</source>
        <translation>심리 상담 희망</translation>
    </message>
    <message>
        <source>Wants to press charges</source>
        <translation>고소·고발 의사</translation>
    </message>
    <message>
        <source>decides later</source>
        <translation>나중에 결정</translation>
    </message>
    <message>
        <source>Police called</source>
        <translation>경찰 신고</translation>
    </message>
    <message>
        <source>Reference of the police</source>
        <translation>경찰 접수번호</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>말하지 않음</translation>
    </message>
    <message>
        <source>Rest after the incident</source>
        <translation>사건 뒤 휴식</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>{begin}부터 {end}까지</translation>
    </message>
    <message>
        <source>since {begin}</source>
        <translation>{begin}부터</translation>
    </message>
    <message>
        <source>What the caller asked for</source>
        <translation>민원인의 요구</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>제출</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>아직 제출 안 함</translation>
    </message>
    <message>
        <source>Confirmed by the agent</source>
        <translation>상담사 확인</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Hashes (SHA-256)</source>
        <translation>해시 (SHA-256)</translation>
    </message>
    <message>
        <source>Version {number}, {time}</source>
        <translation>{number}판, {time}</translation>
    </message>
    <message>
        <source>End of the chain</source>
        <translation>사슬의 끝</translation>
    </message>
    <message>
        <source>The chain of evidence was checked and is whole.</source>
        <translation>증거 사슬을 확인했고 온전합니다.</translation>
    </message>
    <message>
        <source>The chain of evidence is broken at: {place}</source>
        <translation>증거 사슬이 여기서 끊어졌습니다: {place}</translation>
    </message>
    <message>
        <source>Who saw the original</source>
        <translation>원본 열람 기록</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>{pages}쪽 중 {page}쪽</translation>
    </message>
    <message>
        <source>Printed {time}</source>
        <translation>출력 {time}</translation>
    </message>
</context>
<context>
    <name>RunningStrip</name>
    <message>
        <source>Being said now</source>
        <translation>지금 하는 말</translation>
    </message>
</context>
<context>
    <name>ScenarioList</name>
    <message>
        <source>A simulated citizen calls. Nothing goes out of this computer; records are kept apart.</source>
        <translation>가상의 시민이 전화를 겁니다. 이 컴퓨터 밖으로 나가는 것은 없고 기록도 따로 둡니다.</translation>
    </message>
    <message>
        <source>Needs a procedure that comes in a later version.</source>
        <translation>다음 판에 들어올 절차가 필요합니다.</translation>
    </message>
    <message>
        <source>Practice starts when no call and no wrap-up is open.</source>
        <translation>통화와 후처리가 끝난 뒤 연습을 시작할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>SecondLine</name>
    <message>
        <source>Supervisor</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Interpreter</source>
        <translation>통역사</translation>
    </message>
    <message>
        <source>Caller on hold, hears nothing</source>
        <translation>시민 보류 중 · 들리지 않음</translation>
    </message>
    <message>
        <source>All three hear each other</source>
        <translation>3자 통화 · 모두 서로 들림</translation>
    </message>
    <message>
        <source>With the caller · the other waits</source>
        <translation>시민과 통화 중 · 상대는 대기</translation>
    </message>
    <message>
        <source>The caller hears you</source>
        <translation>시민에게 내 말이 들림</translation>
    </message>
    <message>
        <source>Calling: {name}</source>
        <translation>거는 중: {name}</translation>
    </message>
    <message>
        <source>Joined: {name}</source>
        <translation>함께 통화: {name}</translation>
    </message>
    <message>
        <source>Asking for hold: {name}</source>
        <translation>보류 요청 중: {name}</translation>
    </message>
    <message>
        <source>Asking to resume: {name}</source>
        <translation>보류 해제 요청 중: {name}</translation>
    </message>
    <message>
        <source>Waiting: {name}</source>
        <translation>대기 중: {name}</translation>
    </message>
    <message>
        <source>On the line: {name}</source>
        <translation>통화 중: {name}</translation>
    </message>
    <message>
        <source>Asking for hold · no sound</source>
        <translation>보류 요청 중 · 서로 들리지 않습니다</translation>
    </message>
    <message>
        <source>Asking to resume · no sound</source>
        <translation>보류 해제 요청 중 · 서로 들리지 않음</translation>
    </message>
    <message>
        <source>Handing over · caller hears nothing</source>
        <translation>넘기는 중 · 시민은 들리지 않음</translation>
    </message>
    <message>
        <source>Handing over · caller hears you</source>
        <translation>넘기는 중 · 시민에게 내 말이 들림</translation>
    </message>
    <message>
        <source>Handing over to: {name}</source>
        <translation>넘기는 중: {name}</translation>
    </message>
    <message>
        <source>Both callers on hold, hear nothing</source>
        <translation>두 시민 모두 보류 중 · 들리지 않음</translation>
    </message>
    <message>
        <source>With this caller · the other waits</source>
        <translation>이 시민과 통화 중 · 다른 시민은 보류</translation>
    </message>
    <message>
        <source>On hold: {name}</source>
        <translation>보류 중: {name}</translation>
    </message>
    <message>
        <source>Second call: {name}</source>
        <translation>둘째 전화: {name}</translation>
    </message>
    <message>
        <source>The transfer was not taken. The caller is still yours.</source>
        <translation>연결을 넘기지 못했습니다. 시민은 그대로 통화 중입니다.</translation>
    </message>
    <message>
        <source>{name} is busy.</source>
        <translation>통화 중이라 받지 못합니다: {name}</translation>
    </message>
    <message>
        <source>{name} did not answer.</source>
        <translation>받지 않았습니다: {name}</translation>
    </message>
</context>
<context>
    <name>SecondLinePresenter</name>
    <message>
        <source>Interpreter</source>
        <translation>통역사</translation>
    </message>
    <message>
        <source>Two callers never hear each other, and neither is handed over. End one call first.</source>
        <translation>두 시민은 서로 연결하거나 넘기지 않습니다. 한 통화를 먼저 끝내 주세요.</translation>
    </message>
    <message>
        <source>The caller on hold has hung up.</source>
        <translation>보류 중이던 시민이 전화를 끊었습니다.</translation>
    </message>
    <message>
        <source>Call ended. {name} is still on hold, {key} takes them back.</source>
        <translation>통화가 끝났습니다. {name} 시민은 아직 보류 중입니다. {key}로 다시 연결합니다.</translation>
    </message>
    <message>
        <source>{line}. If nobody takes it, the caller comes back.</source>
        <translation>{line}. 받지 않으면 시민과 다시 연결됩니다.</translation>
    </message>
    <message>
        <source>speak meanwhile</source>
        <translation>그동안 통화</translation>
    </message>
    <message>
        <source>Second call: {name}</source>
        <translation>둘째 전화: {name}</translation>
    </message>
    <message>
        <source>If nobody takes it, the caller comes back.</source>
        <translation>받지 않으면 시민과 다시 연결됩니다.</translation>
    </message>
    <message>
        <source>answer, hold this call</source>
        <translation>받고 지금 통화 보류</translation>
    </message>
    <message>
        <source>decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>end it</source>
        <translation>끊기</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>take back</source>
        <translation>다시 통화</translation>
    </message>
    <message>
        <source>join</source>
        <translation>3자</translation>
    </message>
</context>
<context>
    <name>SettingsStage</name>
    <message>
        <source>Sound</source>
        <translation>소리</translation>
    </message>
    <message>
        <source>Display and text</source>
        <translation>화면과 글자</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Phone account</source>
        <translation>전화 계정</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>상담DB</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>연습</translation>
    </message>
    <message>
        <source>My records</source>
        <translation>내 기록</translation>
    </message>
    <message>
        <source>Kept about me</source>
        <translation>내 보관 기록</translation>
    </message>
    <message>
        <source>Page of the settings</source>
        <translation>설정 쪽</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Changes apply at once unless a hint says otherwise.</source>
        <translation>따로 적힌 것 말고는 바꾸면 바로 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>ShelfBar</name>
    <message>
        <source>Changed {count}</source>
        <translation>바뀐 것 {count}</translation>
    </message>
    <message>
        <source>Often</source>
        <translation>자주</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>최근</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀐 것</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>내 제안</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>Speak: the bars move.</source>
        <translation>말해 보세요. 막대가 움직이면 됩니다.</translation>
    </message>
    <message>
        <source>Input level</source>
        <translation>들어오는 소리</translation>
    </message>
    <message>
        <source>Call speaker</source>
        <translation>통화 스피커</translation>
    </message>
    <message>
        <source>Sound check</source>
        <translation>소리 시험</translation>
    </message>
    <message>
        <source>{louder} and {quieter}</source>
        <translation>{louder}, {quieter}</translation>
    </message>
    <message>
        <source>In a call: {keys}</source>
        <translation>통화 중: {keys}</translation>
    </message>
    <message>
        <source>Between calls: {keys}</source>
        <translation>통화 밖: {keys}</translation>
    </message>
    <message>
        <source>Microphone volume</source>
        <translation>마이크 음량</translation>
    </message>
    <message>
        <source>Caller volume</source>
        <translation>통화 음량</translation>
    </message>
    <message>
        <source>Ring volume</source>
        <translation>벨소리 음량</translation>
    </message>
    <message>
        <source>Ring on both</source>
        <translation>벨을 두 곳에서</translation>
    </message>
    <message>
        <source>A second caller is a quiet tone in your ear in any case.</source>
        <translation>통화 중 걸려 온 전화는 언제나 귀에 작은 신호음만 납니다.</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>그 장치에서만</translation>
    </message>
    <message>
        <source>Where calls are heard, too</source>
        <translation>통화 장치에서도</translation>
    </message>
    <message>
        <source>A soft tone of one second.</source>
        <translation>부드러운 소리를 1초 들려줍니다.</translation>
    </message>
    <message>
        <source>Play a tone</source>
        <translation>소리 내기</translation>
    </message>
    <message>
        <source>Waiting for sound</source>
        <translation>소리를 기다립니다</translation>
    </message>
    <message>
        <source>It rings on</source>
        <translation>벨이 울리는 장치</translation>
    </message>
    <message>
        <source>In use now: {name}</source>
        <translation>지금 쓰는 장치: {name}</translation>
    </message>
    <message>
        <source>The system&apos;s own</source>
        <translation>시스템 기본 장치</translation>
    </message>
    <message>
        <source>Where calls are heard</source>
        <translation>통화 소리가 나는 장치</translation>
    </message>
    <message>
        <source>{name} · not plugged in</source>
        <translation>{name} · 연결 안 됨</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>무음</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>마이크 없음</translation>
    </message>
    <message>
        <source>Your microphone is heard</source>
        <translation>마이크 소리가 잘 들어옵니다</translation>
    </message>
</context>
<context>
    <name>StateMenu</name>
    <message>
        <source>Working state</source>
        <translation>근무 상태</translation>
    </message>
    <message>
        <source>After this call</source>
        <translation>이 통화 뒤</translation>
    </message>
</context>
<context>
    <name>SuggestionCard</name>
    <message>
        <source>Suggested from the call</source>
        <translation>말씀에서 찾은 제안</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>치우기</translation>
    </message>
    <message>
        <source>Suggestions appear only when one is found in the caller&apos;s words.</source>
        <translation>제안은 시민의 말에서 찾았을 때만 보입니다.</translation>
    </message>
</context>
<context>
    <name>SuggestionNotice</name>
    <message>
        <source>Suggested: {title}</source>
        <translation>제안: {title}</translation>
    </message>
    <message>
        <source>open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>dismiss</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>TextBox</name>
    <message>
        <source>You answered: {words}</source>
        <translation>보낸 답: {words}</translation>
    </message>
    <message>
        <source>Answer, Enter sends it</source>
        <translation>답장, Enter로 보냅니다</translation>
    </message>
</context>
<context>
    <name>TextNotice</name>
    <message>
        <source>Text from {name}</source>
        <translation>{name} 문자</translation>
    </message>
    <message numerus="yes">
        <source>%n texts, the newest from {name}</source>
        <translation>
            <numerusform>문자 %n건, 최근 {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>read</source>
        <translation>읽기</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>New</source>
        <translation>새 문자</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>답함</translation>
    </message>
    <message>
        <source>The text was not taken: {why}</source>
        <translation>문자가 전달되지 않았습니다: {why}</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>State and commands</source>
        <translation>상태와 명령</translation>
    </message>
    <message>
        <source>Crisis call</source>
        <translation>위기 상담</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>모든 명령</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Talk</source>
        <comment>tab</comment>
        <translation>대화</translation>
    </message>
    <message>
        <source>Task</source>
        <comment>tab</comment>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Pane of the window</source>
        <translation>창의 칸</translation>
    </message>
    <message>
        <source>This call is a crisis call</source>
        <translation>이 통화는 위기 상담입니다</translation>
    </message>
    <message>
        <source>They are open</source>
        <translation>열려 있습니다</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Caller</source>
        <translation>민원인</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>상담사</translation>
    </message>
    <message>
        <source>Third party</source>
        <translation>제3자</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>협의 상대</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>표시함</translation>
    </message>
    <message>
        <source>Suggestion found from this</source>
        <translation>이 말씀으로 제안을 찾았습니다</translation>
    </message>
    <message>
        <source>Nothing that the caller named is left to copy.</source>
        <translation>메모에 넣을 번호나 주소가 더 없습니다.</translation>
    </message>
    <message>
        <source>In the notes: {what}</source>
        <translation>메모에 넣었습니다: {what}</translation>
    </message>
    <message>
        <source>May be a sign of a crisis · {key}</source>
        <translation>위기 신호일 수 있음 · {key}</translation>
    </message>
    <message>
        <source>{what} · unsure, not counted</source>
        <translation>{what} · 불확실해서 세지 않음</translation>
    </message>
    <message>
        <source>{what} · counted as number {count}</source>
        <translation>{what} · {count}회째로 셈</translation>
    </message>
    <message>
        <source>{step}: said by the agent</source>
        <translation>{step}: 상담사가 직접 말했습니다</translation>
    </message>
    <message>
        <source>{step}: played into the call</source>
        <translation>{step}: 통화에 들려주었습니다</translation>
    </message>
    <message>
        <source>The speech model is loading. Words appear here in a moment.</source>
        <translation>자막 모델을 준비하고 있습니다. 곧 여기에 글이 보입니다.</translation>
    </message>
    <message>
        <source>The transcript is turned off. Calls and search work.</source>
        <translation>자막이 꺼져 있습니다. 통화와 검색은 됩니다.</translation>
    </message>
    <message>
        <source>unsure words</source>
        <translation>불확실한 말</translation>
    </message>
    <message>
        <source>unsure: {words}</source>
        <translation>불확실: {words}</translation>
    </message>
    <message>
        <source>Writing the rest of the call: {percent} %</source>
        <translation>통화의 나머지를 받아쓰는 중: {percent}%</translation>
    </message>
    <message>
        <source>Transcript {seconds} s behind · filled in after the call</source>
        <translation>자막 {seconds}초 밀림 · 통화 뒤 채움</translation>
    </message>
    <message>
        <source>The caller&apos;s voice isn&apos;t recognised.</source>
        <translation>상대방 음성이 인식되지 않습니다.</translation>
    </message>
    <message>
        <source>Your voice isn&apos;t recognised.</source>
        <translation>내 음성이 인식되지 않습니다.</translation>
    </message>
    <message>
        <source>The third party&apos;s voice isn&apos;t recognised.</source>
        <translation>제삼자 음성이 인식되지 않습니다.</translation>
    </message>
    <message>
        <source>{seconds} s of the caller&apos;s words are missing here</source>
        <translation>여기서 상대방 말 {seconds}초가 빠졌습니다</translation>
    </message>
    <message>
        <source>{seconds} s of your words are missing here</source>
        <translation>여기서 내 말 {seconds}초가 빠졌습니다</translation>
    </message>
    <message>
        <source>{seconds} s of the third party&apos;s words are missing here</source>
        <translation>여기서 제삼자 말 {seconds}초가 빠졌습니다</translation>
    </message>
</context>
<context>
    <name>TranscriptPage</name>
    <message>
        <source>Live transcript</source>
        <translation>실시간 자막</translation>
    </message>
    <message>
        <source>Made on this computer; no word leaves it.</source>
        <translation>이 컴퓨터에서 만들며 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Say the caller&apos;s lines</source>
        <translation>시민의 말 읽어 주기</translation>
    </message>
    <message>
        <source>A screen reader says each line when it is complete.</source>
        <translation>화면 읽기 프로그램이 한 줄씩 읽습니다.</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>자막 모델</translation>
    </message>
    <message>
        <source>Path of a Whisper checkpoint (.pt). Empty: none but in practice calls.</source>
        <translation>Whisper 체크포인트(.pt) 경로. 비우면 연습 통화에서만 씁니다.</translation>
    </message>
    <message>
        <source>Language of the calls</source>
        <translation>통화 언어</translation>
    </message>
    <message>
        <source>Every call begins in it; {key} changes it for one call.</source>
        <translation>통화는 이 언어로 시작합니다. {key} 키로 그 통화만 바꿉니다.</translation>
    </message>
    <message>
        <source>On</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>What runs the speech model</source>
        <translation>음성 모델 실행 방식</translation>
    </message>
    <message>
        <source>Automatic: the faster one that writes the same, tried once on this computer.</source>
        <translation>자동: 같은 글을 더 빨리 쓰는 쪽을 이 컴퓨터에서 한 번 시험해 고릅니다.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>The transcript is ready.</source>
        <translation>자막이 준비되어 있습니다.</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Live transcript</source>
        <translation>실시간 자막</translation>
    </message>
    <message>
        <source>What both sides say appears here.</source>
        <translation>두 사람의 말이 여기에 글로 보입니다.</translation>
    </message>
    <message>
        <source>Find in call</source>
        <translation>통화에서 찾기</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Transcript of the consultation</source>
        <translation>협의 통화 자막</translation>
    </message>
    <message>
        <source>Consultation: {who}</source>
        <translation>협의: {who}</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>녹음 중</translation>
    </message>
    <message>
        <source>Recorded by the exchange</source>
        <translation>교환기 녹음</translation>
    </message>
    <message>
        <source>Jump to live</source>
        <translation>최신 자막으로</translation>
    </message>
    <message>
        <source>You have scrolled away from it</source>
        <translation>지금은 위쪽을 보고 있습니다</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Call ended</source>
        <translation>통화 끝남</translation>
    </message>
    <message>
        <source>call back</source>
        <translation>다시 걸기</translation>
    </message>
    <message>
        <source>Calls can&apos;t reach you.</source>
        <translation>지금은 전화를 받을 수 없습니다.</translation>
    </message>
    <message>
        <source>Calls can reach you again.</source>
        <translation>다시 전화를 받을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>VoiceBox</name>
    <message>
        <source>Where the caller is heard</source>
        <translation>상대방 소리를 듣는 곳</translation>
    </message>
    <message>
        <source>With a loudspeaker the caller would hear an echo.</source>
        <translation>스피커로 들으면 상대방에게 메아리가 들리므로 없앱니다.</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>헤드셋</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>스피커</translation>
    </message>
    <message>
        <source>Noise around you</source>
        <translation>주변 소음</translation>
    </message>
    <message>
        <source>Your voice is a little less natural then.</source>
        <translation>없애면 목소리가 조금 덜 자연스러워집니다.</translation>
    </message>
    <message>
        <source>Is sent too</source>
        <translation>함께 보냄</translation>
    </message>
    <message>
        <source>Is removed</source>
        <translation>없앰</translation>
    </message>
    <message>
        <source>A quiet voice</source>
        <translation>작은 목소리</translation>
    </message>
    <message>
        <source>Evens out how loud you are.</source>
        <translation>목소리 크기를 고르게 합니다.</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>Is lifted</source>
        <translation>키움</translation>
    </message>
</context>
<context>
    <name>VolumePanel</name>
    <message>
        <source>Ring</source>
        <translation>벨소리</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>Mic</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>Quieter ring</source>
        <translation>벨소리 작게</translation>
    </message>
    <message>
        <source>Quieter caller</source>
        <translation>통화 소리 작게</translation>
    </message>
    <message>
        <source>Louder ring</source>
        <translation>벨소리 크게</translation>
    </message>
    <message>
        <source>Louder caller</source>
        <translation>통화 소리 크게</translation>
    </message>
    <message>
        <source>Quieter microphone</source>
        <translation>마이크 작게</translation>
    </message>
    <message>
        <source>Louder microphone</source>
        <translation>마이크 크게</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>VolumePresenter</name>
    <message>
        <source>Microphone {n} %</source>
        <translation>마이크 {n} %</translation>
    </message>
    <message>
        <source>Caller {n} %</source>
        <translation>통화 {n} %</translation>
    </message>
    <message>
        <source>Ring {n} %</source>
        <translation>벨소리 {n} %</translation>
    </message>
</context>
<context>
    <name>WrapUp</name>
    <message>
        <source>The key lines are in the notes.</source>
        <translation>요지를 메모에 넣었습니다.</translation>
    </message>
    <message>
        <source>The write-up is saved.</source>
        <translation>후처리를 저장했습니다.</translation>
    </message>
    <message>
        <source>Done, break</source>
        <translation>완료하고 휴식</translation>
    </message>
    <message>
        <source>Done, rest</source>
        <translation>완료하고 휴식</translation>
    </message>
    <message>
        <source>Done, off duty</source>
        <translation>완료하고 근무 종료</translation>
    </message>
    <message>
        <source>Done, ready</source>
        <translation>완료하고 대기</translation>
    </message>
</context>
<context>
    <name>WrapUpView</name>
    <message>
        <source>Wrap-up</source>
        <translation>후처리</translation>
    </message>
    <message>
        <source>+1 min</source>
        <translation>1분 더</translation>
    </message>
    <message>
        <source>The time is over. Press Done when you have finished.</source>
        <translation>시간이 지났습니다. 끝나면 완료를 누르세요.</translation>
    </message>
    <message>
        <source>Contact type</source>
        <translation>상담 유형</translation>
    </message>
    <message>
        <source>Another type</source>
        <translation>다른 유형 찾기</translation>
    </message>
    <message>
        <source>Search another contact type</source>
        <translation>다른 상담 유형 찾기</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>처리 결과</translation>
    </message>
    <message>
        <source>Key lines from the call</source>
        <translation>자막에서 뽑은 요지</translation>
    </message>
    <message>
        <source>No clear lines were heard.</source>
        <translation>또렷하게 받아쓴 말이 없습니다.</translation>
    </message>
    <message>
        <source>Insert into notes</source>
        <translation>메모에 넣기</translation>
    </message>
    <message>
        <source>Time left: {time}</source>
        <translation>남은 시간: {time}</translation>
    </message>
    <message>
        <source>Choose a type and an outcome, then Done.</source>
        <translation>유형과 결과를 고르고 완료를 눌러 주세요.</translation>
    </message>
    <message>
        <source>Choose a type, then Done.</source>
        <translation>유형을 고르고 완료를 눌러 주세요.</translation>
    </message>
    <message>
        <source>Choose an outcome, then Done.</source>
        <translation>결과를 고르고 완료를 눌러 주세요.</translation>
    </message>
</context>
</TS>
