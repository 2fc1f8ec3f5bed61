import GRDB

/// Every migration in order. One that has shipped is never edited; a change is a new file and a new line here.
enum Migrations {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("V001 create schema", migrate: V001CreateSchema.migrate)
        migrator.registerMigration("V002 index history", migrate: V002IndexHistory.migrate)
        migrator.registerMigration("V003 search words", migrate: V003SearchWords.migrate)
        migrator.registerMigration("V004 create jobs", migrate: V004CreateJobs.migrate)
        migrator.registerMigration("V005 keep answers, search chats", migrate: V005KeepAnswersSearchChats.migrate)
        migrator.registerMigration("V006 scale library", migrate: V006ScaleLibrary.migrate)
        migrator.registerMigration("V007 log index changes", migrate: V007LogIndexChanges.migrate)
        migrator.registerMigration("V008 remember imports", migrate: V008RememberImports.migrate)
        return migrator
    }()
}
