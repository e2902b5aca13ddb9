<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>ReportPdf</name>
    <message>
        <source>Report of an abusive call</source>
        <translation>迷惑電話の報告書</translation>
    </message>
    <message>
        <source>Report of a call in a crisis</source>
        <translation>危機にある方の通話の報告書</translation>
    </message>
    <message>
        <source>Copy with personal data masked</source>
        <translation>個人情報を伏せた写し</translation>
    </message>
    <message>
        <source>Original with personal data: handle with care</source>
        <translation>個人情報を含む原本：取扱注意</translation>
    </message>
    <message>
        <source>Practice: this call was an exercise, nothing of it happened.</source>
        <translation>練習：この通話は練習であり、実際の出来事ではありません。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事実</translation>
    </message>
    <message>
        <source>Report number</source>
        <translation>報告番号</translation>
    </message>
    <message>
        <source>Id in the records</source>
        <translation>記録上のID</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>機関</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通話</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>着信</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>発信</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>相手</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>相談員</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>チーム</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>席</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>切った側</translation>
    </message>
    <message>
        <source>the agent</source>
        <translation>相談員</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>相手</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>回線</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>通話時間</translation>
    </message>
    <message>
        <source>Quality of the line</source>
        <translation>回線の品質</translation>
    </message>
    <message>
        <source>loss at most {loss} %, jitter at most {jitter} ms, MOS at least {mos}</source>
        <translation>損失 最大 {loss} %、ジッター 最大 {jitter} ms、MOS 最低 {mos}</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>音声認識モデル</translation>
    </message>
    <message>
        <source>Earlier calls of this number</source>
        <translation>この番号からの以前の電話</translation>
    </message>
    <message>
        <source>24 h {day} · 30 days {month} · 6 months {half_year}</source>
        <translation>24時間 {day} · 30日 {month} · 6か月 {half_year}</translation>
    </message>
    <message>
        <source>Earlier incidents of this number</source>
        <translation>この番号の以前の件数</translation>
    </message>
    <message>
        <source>Standing of this number</source>
        <translation>この番号の扱い</translation>
    </message>
    <message>
        <source>nothing that counts</source>
        <translation>該当なし</translation>
    </message>
    <message>
        <source>attention: {class_id}</source>
        <translation>応対注意: {class_id}</translation>
    </message>
    <message>
        <source>What happened, in order</source>
        <translation>経過</translation>
    </message>
    <message>
        <source>Third party</source>
        <translation>第三者</translation>
    </message>
    <message>
        <source>The call began.</source>
        <translation>通話が始まりました。</translation>
    </message>
    <message>
        <source>The call was answered.</source>
        <translation>電話に出ました。</translation>
    </message>
    <message>
        <source>The call ended, by: {who}</source>
        <translation>通話が終わりました。切った側：{who}</translation>
    </message>
    <message>
        <source>Noticed by the program: {labels}</source>
        <translation>プログラムの検出：{labels}</translation>
    </message>
    <message>
        <source>Marked by the agent: {labels}</source>
        <translation>相談員が記録：{labels}</translation>
    </message>
    <message>
        <source>the agent said that this is wrong</source>
        <translation>相談員が誤りとした</translation>
    </message>
    <message>
        <source>heard by the agent</source>
        <translation>相談員が聞いて確認</translation>
    </message>
    <message>
        <source>machine text, not confirmed</source>
        <translation>機械による文字起こし、未確認</translation>
    </message>
    <message>
        <source>machine text, unsure, not confirmed</source>
        <translation>機械による文字起こし、不確か、未確認</translation>
    </message>
    <message>
        <source>Warnings given</source>
        <translation>行った警告</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>said by the agent</source>
        <translation>相談員が伝えた</translation>
    </message>
    <message>
        <source>played by the program</source>
        <translation>プログラムが再生</translation>
    </message>
    <message>
        <source>played by the exchange</source>
        <translation>交換機が再生</translation>
    </message>
    <message>
        <source>Who was called</source>
        <translation>連絡した相手</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>監督者</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>警察</translation>
    </message>
    <message>
        <source>Emergency or crisis line</source>
        <translation>緊急・危機相談窓口</translation>
    </message>
    <message>
        <source>answered {time}</source>
        <translation>{time} 応答</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>応答なし</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>The agent&apos;s report</source>
        <translation>相談員の報告</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種別</translation>
    </message>
    <message>
        <source>verbal abuse</source>
        <translation>暴言</translation>
    </message>
    <message>
        <source>sexual harassment</source>
        <translation>セクハラ</translation>
    </message>
    <message>
        <source>threat</source>
        <translation>脅迫</translation>
    </message>
    <message>
        <source>long or repeated calls</source>
        <translation>長時間・反復</translation>
    </message>
    <message>
        <source>prank or false report</source>
        <translation>いたずら・虚偽</translation>
    </message>
    <message>
        <source>other</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>caller in a crisis, no abuse</source>
        <translation>危機にある方(迷惑行為ではない)</translation>
    </message>
    <message>
        <source>Crisis path</source>
        <translation>危機対応</translation>
    </message>
    <message>
        <source>Where the caller is</source>
        <translation>発信者の居場所</translation>
    </message>
    <message>
        <source>Found out</source>
        <translation>確認したこと</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>つないだ先</translation>
    </message>
    <message>
        <source>Why it was no crisis</source>
        <translation>危機ではなかった理由</translation>
    </message>
    <message>
        <source>Concrete threat</source>
        <translation>具体的な脅威</translation>
    </message>
    <message>
        <source>How the agent is</source>
        <translation>相談員の状態</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>大丈夫</translation>
    </message>
    <message>
        <source>shaken</source>
        <translation>動揺</translation>
    </message>
    <message>
        <source>hurt</source>
        <translation>つらい</translation>
    </message>
    <message>
        <source>Wants no more calls of this person</source>
        <translation>この人との分離を希望</translation>
    </message>
    <message>
        <source>Wants counselling</source>
        <translation>相談支援を希望</translation>
    </message>
    <message>
        <source>Wants to press charges</source>
        <translation>告訴の意思</translation>
    </message>
    <message>
        <source>decides later</source>
        <translation>後で決める</translation>
    </message>
    <message>
        <source>Police called</source>
        <translation>警察への通報</translation>
    </message>
    <message>
        <source>Reference of the police</source>
        <translation>警察の受理番号</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Rest after the incident</source>
        <translation>事案後の休憩</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>{begin} から {end} まで</translation>
    </message>
    <message>
        <source>since {begin}</source>
        <translation>{begin} から</translation>
    </message>
    <message>
        <source>What the caller asked for</source>
        <translation>要求の内容</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>提出</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>未提出</translation>
    </message>
    <message>
        <source>Confirmed by the agent</source>
        <translation>相談員が確認</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>Hashes (SHA-256)</source>
        <translation>ハッシュ (SHA-256)</translation>
    </message>
    <message>
        <source>Version {number}, {time}</source>
        <translation>第{number}版、{time}</translation>
    </message>
    <message>
        <source>End of the chain</source>
        <translation>連鎖の末尾</translation>
    </message>
    <message>
        <source>The chain of evidence was checked and is whole.</source>
        <translation>証拠の連鎖を検証し、欠損はありません。</translation>
    </message>
    <message>
        <source>The chain of evidence is broken at: {place}</source>
        <translation>証拠の連鎖が途切れています：{place}</translation>
    </message>
    <message>
        <source>Who saw the original</source>
        <translation>原本の閲覧者</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>{page} / {pages} ページ</translation>
    </message>
    <message>
        <source>Printed {time}</source>
        <translation>印刷 {time}</translation>
    </message>
</context>
</TS>
