import Foundation
import GRDB

extension Transaction {
    /// Passages that all terms of a query together may be in; BM25 costs two to three microseconds for each of them.
    private static let matchLimit = 12_000

    /// Makes a query of a text that somebody typed, which may be anything.
    ///
    /// Of words that very many passages have, only the rarest ones are looked for. A code is looked for with and
    /// without its punctuation, a word that no passage has as the beginning of others.
    /// - Returns: nil when no passage of any workspace can match.
    public func lexicalQuery(_ text: String) throws -> LexicalQuery? {
        // A NUL would end the expression.
        let terms = QueryTerm.terms(of: text.replacing("\0", with: " "))
        if terms.isEmpty { return nil }
        let total = try Int.fetchOne(db.cachedStatement(sql: "SELECT COUNT(*) FROM passages")) ?? 0
        var found: [(term: QueryTerm, count: Int)] = []
        var weight = 0.0
        for term in terms {
            let resolved = try resolve(term)
            found += resolved
            if resolved.isEmpty, !term.isGuess { weight += Self.rarity(of: 0, in: total) }
        }
        if found.isEmpty { return nil }
        let rare = found.filter { $0.count <= Self.matchLimit }.sorted { $0.count < $1.count }
        if rare.isEmpty { return try broadQuery(found.map(\.term), weight: weight, in: total) }
        var budget = Self.matchLimit
        var kept: [String] = []
        for (term, count) in rare where count <= budget {
            budget -= count
            weight += Self.rarity(of: count, in: total)
            kept.append(term.expression)
        }
        return LexicalQuery(expression: kept.joined(separator: " OR "), weight: weight)
    }

    /// A query of words that are all very common: passages that have all of them, or else the first one.
    private func broadQuery(_ terms: [QueryTerm], weight: Double, in total: Int) throws -> LexicalQuery {
        let all = terms.map(\.expression).joined(separator: " AND ")
        let count = try matchCount(all)
        let asked = count == 0 ? Array(terms.prefix(1)) : terms
        return LexicalQuery(
            expression: asked.map(\.expression).joined(separator: " AND "),
            weight: weight + Double(asked.count) * Self.rarity(of: Self.matchLimit, in: total),
            isBroad: count == 0 || count > Self.matchLimit)
    }

    /// The spelling of a term that passages have, or its parts, with the number of passages.
    private func resolve(_ term: QueryTerm) throws -> [(term: QueryTerm, count: Int)] {
        for spelling in [term] + term.alternatives {
            let count = try matchCount(spelling.expression)
            if count > 0 { return [(spelling, count)] }
        }
        return try term.parts.flatMap(resolve)
    }

    /// Passages that match, counted up to a little above the limit.
    private func matchCount(_ expression: String) throws -> Int {
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM passageWords WHERE passageWords MATCH ? LIMIT ?)"
        return try Int.fetchOne(
            db.cachedStatement(sql: sql), arguments: [expression, Self.matchLimit + 1]) ?? 0
    }

    /// Inverse document frequency as FTS5 computes it (sqlite.org/fts5.html, 5.1.1).
    private static func rarity(of count: Int, in total: Int) -> Double {
        max(1e-6, log((Double(total - count) + 0.5) / (Double(count) + 0.5)))
    }

    /// The chunks of some workspaces whose words match best, best first; equal ones in order of id.
    ///
    /// - Parameter documents: rows of `workspaceDocuments` that alone are searched; nil for all.
    public func lexicalHits(
        _ query: LexicalQuery, workspaceIds: [Int64], documents: Set<Int64>? = nil, limit: Int
    ) throws -> [LexicalHit] {
        var arguments: StatementArguments = [query.expression, Self.list(workspaceIds)]
        if let documents { arguments += [Self.list(documents)] }
        arguments += [limit]
        // The order of the joins is the order of the ranking: the sort is FTS5's own, and a limit ends the loop. A broad
        // query ranks the first matches only.
        let source =
            query.isBroad
            ? """
            (SELECT rowid AS passage, bm25(passageWords) AS rank FROM passageWords WHERE passageWords MATCH ?
            LIMIT \(Self.matchLimit)) AS matches CROSS JOIN chunks ON passageId = passage
            """ : "passageWords AS matches CROSS JOIN chunks ON passageId = matches.rowid"
        let sql = """
            SELECT chunks.id, workspaceDocumentId, workspaceId, matches.rank FROM \(source)
            CROSS JOIN workspaceDocuments ON workspaceDocuments.id = workspaceDocumentId
            WHERE \(query.isBroad ? "" : "passageWords MATCH ? AND") workspaceId IN (SELECT value FROM json_each(?))
            \(documents == nil ? "" : "AND workspaceDocumentId IN (SELECT value FROM json_each(?))")
            ORDER BY matches.rank LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { row in
            LexicalHit(
                id: row[0], workspaceDocumentId: row[1], workspaceId: row[2],
                score: query.score(bm25: -(row[3] as Double)))
        }.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }

    /// The lexical scores of those chunks that have words of the query.
    public func lexicalScores(_ query: LexicalQuery, chunks: [Int64]) throws -> [Int64: Double] {
        if chunks.isEmpty { return [:] }
        let passages = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT passageId, id FROM chunks WHERE id IN (SELECT value FROM json_each(?))"),
            arguments: [Self.list(chunks)])
        // One walk over the matches: with the sign, SQLite does not start a search of its own for each row.
        let sql = """
            SELECT rowid, bm25(passageWords) FROM passageWords
            WHERE passageWords MATCH ? AND +rowid IN (SELECT value FROM json_each(?))
            """
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [query.expression, Self.list(passages.map { $0[0] as Int64 })])
        let scores = Dictionary(
            rows.map { ($0[0] as Int64, query.score(bm25: -($0[1] as Double))) },
            uniquingKeysWith: { first, _ in first })
        return Dictionary(
            passages.compactMap { row in scores[row[0]].map { (row[1] as Int64, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Ids as the JSON array that `json_each` reads: one statement for any number of them.
    static func list(_ ids: some Sequence<Int64>) -> String {
        "[" + ids.map(String.init).joined(separator: ",") + "]"
    }
}
