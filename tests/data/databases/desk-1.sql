PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'desk','m001_first_records','2026-11-26 17:09:15.143038+00:00');
CREATE TABLE "agent" (
   "id" INTEGER PRIMARY KEY,
   "state" TEXT,
   "since" TEXT
);
CREATE TABLE "article_uses" (
   "id" INTEGER PRIMARY KEY,
   "time" TEXT,
   "pack" TEXT,
   "article_id" TEXT,
   "action" TEXT,
   "query" TEXT
);
CREATE TABLE "calls" (
   "id" TEXT PRIMARY KEY,
   "direction" TEXT,
   "remote" TEXT,
   "remote_name" TEXT,
   "state" TEXT,
   "created" TEXT,
   "confirmed" TEXT,
   "ended" TEXT,
   "ended_by" TEXT,
   "code" INTEGER,
   "cause" TEXT,
   "codec" TEXT,
   "encrypted" INTEGER,
   "agent_state" TEXT,
   "agent_name" TEXT,
   "agent_number" TEXT,
   "scenario" TEXT
);
INSERT INTO "calls" VALUES('c1','incoming','sip:01012344720@city','박민수','DISCONNECTED','2026-11-20T06:30:00.000+00:00','2026-11-20T06:30:00.000+00:00','2026-11-20T06:33:00.000+00:00','remote',0,'','',0,'','김다산','4012','');
INSERT INTO "calls" VALUES('c2','incoming','sip:02-720-1234@city','박민수','DISCONNECTED','2026-11-20T07:30:00.000+00:00','2026-11-20T07:30:00.000+00:00','2026-11-20T07:33:00.000+00:00','remote',0,'','',0,'','김다산','4012','');
CREATE TABLE "escalations" (
   "id" TEXT PRIMARY KEY,
   "call_id" TEXT,
   "form" TEXT,
   "changed" TEXT,
   "filed" TEXT
);
INSERT INTO "escalations" VALUES('e1','c1','{"kind": "verbal", "concrete_threat": false, "feeling": "", "wants_separation": true, "wants_counselling": false, "demand": "과태료 취소", "heard": [1.0]}','2026-11-26T17:09:15.152+00:00','2026-11-20T06:35:00.000+00:00');
INSERT INTO "escalations" VALUES('e2','c2','{"kind": "threat", "concrete_threat": false, "feeling": "", "wants_separation": true, "wants_counselling": false, "demand": "", "heard": []}','2026-11-26T17:09:15.157+00:00',NULL);
CREATE TABLE "evidence" (
   "escalation_id" TEXT,
   "number" INTEGER,
   "call_id" TEXT,
   "reason" TEXT,
   "created" TEXT,
   "canonical" TEXT NOT NULL,
   "sha256" TEXT NOT NULL,
   PRIMARY KEY ("escalation_id", "number")
);
INSERT INTO "evidence" VALUES('e1',1,'c1','first','2026-11-20T06:30:01.000+00:00','{"agent":{"name":"김다산","number":"4012"},"call":{"confirmed":"2026-11-20T06:30:00.000+00:00","created":"2026-11-20T06:30:00.000+00:00","direction":"incoming","ended":"","ended_by":"","id":"c1","remote":"sip:01012344720@city","remote_name":"박민수","scenario":""},"form":{"concrete_threat":false,"demand":"","feeling":"","heard":[],"kind":"","wants_counselling":false,"wants_separation":true},"notes":"욕설, 주민번호 900101-1234567 말함","schema":1,"transcript":[{"confidence":0.91,"end":3.0,"leg":"caller","start":1.0,"text":"제 번호는 010-1234-4720이에요"},{"confidence":0.32,"end":5.0,"leg":"caller","start":4.0,"text":"그걸 왜 몰라"}]}','fb9fd92ac60a4321820eb6c20ee0b9d8775bd01e685d827e8290893b2c5ca7bd');
INSERT INTO "evidence" VALUES('e1',2,'c1','ended','2026-11-20T06:30:02.000+00:00','{"agent":{"name":"김다산","number":"4012"},"call":{"confirmed":"2026-11-20T06:30:00.000+00:00","created":"2026-11-20T06:30:00.000+00:00","direction":"incoming","ended":"","ended_by":"","id":"c1","remote":"sip:01012344720@city","remote_name":"박민수","scenario":""},"form":{"concrete_threat":false,"demand":"","feeling":"","heard":[],"kind":"","wants_counselling":false,"wants_separation":true},"notes":"욕설, 주민번호 900101-1234567 말함","schema":1,"transcript":[{"confidence":0.91,"end":3.0,"leg":"caller","start":1.0,"text":"제 번호는 010-1234-4720이에요"},{"confidence":0.32,"end":5.0,"leg":"caller","start":4.0,"text":"그걸 왜 몰라"}]}','fb9fd92ac60a4321820eb6c20ee0b9d8775bd01e685d827e8290893b2c5ca7bd');
INSERT INTO "evidence" VALUES('e1',3,'c1','report','2026-11-20T06:30:03.000+00:00','{"agent":{"name":"김다산","number":"4012"},"call":{"confirmed":"2026-11-20T06:30:00.000+00:00","created":"2026-11-20T06:30:00.000+00:00","direction":"incoming","ended":"","ended_by":"","id":"c1","remote":"sip:01012344720@city","remote_name":"박민수","scenario":""},"form":{"concrete_threat":false,"demand":"","feeling":"","heard":[],"kind":"","wants_counselling":false,"wants_separation":true},"notes":"욕설, 주민번호 900101-1234567 말함","schema":1,"transcript":[{"confidence":0.91,"end":3.0,"leg":"caller","start":1.0,"text":"제 번호는 010-1234-4720이에요"},{"confidence":0.32,"end":5.0,"leg":"caller","start":4.0,"text":"그걸 왜 몰라"}]}','fb9fd92ac60a4321820eb6c20ee0b9d8775bd01e685d827e8290893b2c5ca7bd');
INSERT INTO "evidence" VALUES('e2',1,'c2','first','2026-11-20T07:30:01.000+00:00','{"agent":{"name":"김다산","number":"4012"},"call":{"confirmed":"2026-11-20T07:30:00.000+00:00","created":"2026-11-20T07:30:00.000+00:00","direction":"incoming","ended":"","ended_by":"","id":"c2","remote":"sip:02-720-1234@city","remote_name":"박민수","scenario":""},"form":{"concrete_threat":false,"demand":"","feeling":"","heard":[],"kind":"","wants_counselling":false,"wants_separation":true},"notes":"욕설, 주민번호 900101-1234567 말함","schema":1,"transcript":[{"confidence":0.91,"end":3.0,"leg":"caller","start":1.0,"text":"제 번호는 010-1234-4720이에요"},{"confidence":0.32,"end":5.0,"leg":"caller","start":4.0,"text":"그걸 왜 몰라"}]}','c059bf027de38e3fe1418e2167aed028c6ff016143a034f2fcb84e48173b19a0');
CREATE TABLE "notes" (
   "call_id" TEXT PRIMARY KEY,
   "text" TEXT,
   "saved" TEXT
);
INSERT INTO "notes" VALUES('c1','욕설, 주민번호 900101-1234567 말함','2026-11-26T17:09:15.158+00:00');
INSERT INTO "notes" VALUES('c2','욕설, 주민번호 900101-1234567 말함','2026-11-26T17:09:15.155+00:00');
CREATE TABLE "segments" (
   "id" INTEGER PRIMARY KEY,
   "call_id" TEXT,
   "leg" TEXT,
   "text" TEXT,
   "confidence" REAL,
   "start" REAL,
   "end" REAL
);
INSERT INTO "segments" VALUES(1,'c1','caller','제 번호는 010-1234-4720이에요',0.91,1.0,3.0);
INSERT INTO "segments" VALUES(2,'c1','caller','그걸 왜 몰라',0.32,4.0,5.0);
INSERT INTO "segments" VALUES(3,'c2','caller','제 번호는 010-1234-4720이에요',0.91,1.0,3.0);
INSERT INTO "segments" VALUES(4,'c2','caller','그걸 왜 몰라',0.32,4.0,5.0);
CREATE TABLE "wrap_ups" (
   "call_id" TEXT PRIMARY KEY,
   "category" TEXT,
   "result" TEXT,
   "saved" INTEGER,
   "changed" TEXT
);
INSERT INTO "wrap_ups" VALUES('c1','교통','answered',1,'2026-11-26T17:09:15.158+00:00');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_calls_created"
    ON "calls" ("created");
CREATE INDEX "idx_calls_remote"
    ON "calls" ("remote");
CREATE INDEX "idx_segments_call_id_leg_start"
    ON "segments" ("call_id", "leg", "start");
CREATE INDEX "idx_evidence_call_id"
    ON "evidence" ("call_id");
CREATE INDEX "idx_escalations_call_id"
    ON "escalations" ("call_id");
CREATE INDEX "idx_article_uses_pack_time"
    ON "article_uses" ("pack", "time");
COMMIT;
