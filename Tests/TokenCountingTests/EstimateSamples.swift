/// Texts for the estimate, written for this test, with their exact counts (tiktoken 0.12.0, `cl100k_base`).
enum EstimateSamples {
    struct Sample: Sendable {
        var language: String
        var tokens: Int
        var text: String
    }

    static let all: [Sample] = [
        Sample(
            language: "English", tokens: 158,
            text: """
                The harbour master keeps a ledger in which every ship is written down with its captain, its \
                cargo and the hour of its arrival. On a clear morning the ledger fills quickly: fishing boats \
                return before sunrise, the ferry leaves at seven, and the first freighters wait outside the \
                breakwater until the pilot has had his coffee. When fog comes in from the sea, the pages stay \
                empty for half a day, and the people on the quay listen for the bell. Nobody remembers who \
                started the habit of noting the weather beside the names, but it has proved useful more than \
                once, because insurance companies ask about it and because old sailors like to argue. The museum \
                has kept all volumes since 1874; two of them were damaged by water and can only be read under \
                special light.
                """),
        Sample(
            language: "German", tokens: 227,
            text: """
                Der Hafenmeister führt ein Buch, in das jedes Schiff mit seinem Kapitän, seiner Ladung und der \
                Stunde der Ankunft eingetragen wird. An einem klaren Morgen füllt es sich schnell: Die \
                Fischerboote kehren vor Sonnenaufgang zurück, die Fähre legt um sieben Uhr ab, und die ersten \
                Frachter warten vor der Mole, bis der Lotse seinen Kaffee getrunken hat. Wenn vom Meer her Nebel \
                aufzieht, bleiben die Seiten einen halben Tag lang leer, und die Leute am Kai lauschen auf die \
                Glocke. Niemand weiß mehr, wer damit angefangen hat, neben den Namen das Wetter zu vermerken, \
                aber es hat sich mehr als einmal als nützlich erwiesen, weil Versicherungen danach fragen und \
                weil alte Seeleute gern streiten. Das Museum bewahrt alle Bände seit 1874 auf; zwei davon wurden \
                durch Wasser beschädigt und lassen sich nur unter besonderem Licht lesen.
                """),
        Sample(
            language: "Chinese", tokens: 258,
            text: """
                港口管理员有一本登记册，每一艘船都会记录下来，包括船长、货物和到达的时间。天气好的早晨，登记册很快就写满了：渔\
                船在日出之前回来，渡轮七点出发，第一批货船在防波堤外面等待，直到引水员喝完咖啡。当海上起雾的时候，半天都没有新\
                的记录，码头上的人们就听着钟声。没有人记得是谁开始在船名旁边写下天气，但是这个习惯不止一次证明是有用的，因为保\
                险公司会询问，也因为老水手喜欢争论。博物馆保存了1874年以来的所有登记册，其中两本被水损坏，只能在特殊的光线\
                下阅读。
                """),
        Sample(
            language: "Japanese", tokens: 332,
            text: """
                港の管理人は台帳をつけていて、すべての船について船長の名前、積み荷、そして到着した時刻を書き込みます。晴れた朝\
                には台帳はすぐにいっぱいになります。漁船は日の出の前に戻り、フェリーは七時に出発し、最初の貨物船は水先案内人が\
                コーヒーを飲み終わるまで防波堤の外で待っています。海から霧が入ってくると、ページは半日のあいだ空白のままになり\
                、岸壁の人々は鐘の音に耳を澄ませます。名前の横に天気を書く習慣を誰が始めたのかは誰も覚えていませんが、保険会社\
                がそれについて質問することがあり、また年をとった船乗りは議論が好きなので、何度も役に立ちました。博物館は187\
                4年からのすべての台帳を保存しています。
                """),
        Sample(
            language: "code", tokens: 275,
            text: """
                import argparse
                from collections import defaultdict

                class HarbourLedger:
                    def __init__(self, path, encoding="utf-8"):
                        self.path = path
                        self.entries = defaultdict(list)
                        self._lastArrival = None

                    def add_entry(self, ship_name, captain, cargo=None, *, hour=0):
                        if not ship_name or hour < 0 or hour > 23:
                            raise ValueError(f"invalid entry: {ship_name!r} at {hour}")
                        self.entries[ship_name].append({"captain": captain, "cargo": cargo, "hour": hour})
                        self._lastArrival = max(self._lastArrival or 0, hour)
                        return len(self.entries[ship_name])

                    def find(self, predicate):
                        for name, rows in sorted(self.entries.items()):
                            for i, row in enumerate(rows):
                                if predicate(row):
                                    yield name, i, row

                def main():
                    parser = argparse.ArgumentParser(description="Print the ledger")
                    parser.add_argument("--path", default="ledger.json", help="file to read")
                    args = parser.parse_args()
                    ledger = HarbourLedger(args.path)
                    print(sum(1 for _ in ledger.find(lambda r: r["hour"] >= 12)))

                if __name__ == "__main__":
                    main()
                """),
    ]
}
