<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BarsPresenter</name>
    <message numerus="yes">
        <source>%n call(s) today</source>
        <translation>
            <numerusform>%n call today</numerusform>
            <numerusform>%n calls today</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) to send</source>
        <translation>
            <numerusform>%n report to send</numerusform>
            <numerusform>%n reports to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent unconfirmed</source>
        <translation>
            <numerusform>%n report sent, not confirmed</numerusform>
            <numerusform>%n reports sent, not confirmed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallPresenter</name>
    <message numerus="yes">
        <source>%n missed call(s) today</source>
        <translation>
            <numerusform>%n missed call today</numerusform>
            <numerusform>%n missed calls today</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeliveryLight</name>
    <message numerus="yes">
        <source>%n report(s) on the way</source>
        <translation>
            <numerusform>%n report on the way</numerusform>
            <numerusform>%n reports on the way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextNotice</name>
    <message numerus="yes">
        <source>%n texts, the newest from {name}</source>
        <translation>
            <numerusform>%n text, from {name}</numerusform>
            <numerusform>%n texts, the newest from {name}</numerusform>
        </translation>
    </message>
</context>
</TS>
