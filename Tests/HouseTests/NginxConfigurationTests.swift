import Foundation
import TestSupport
import Testing

@Suite("nginx accepts the configuration files")
struct NginxConfigurationTests {
    /// A host as Debian sets it up, with Carrel's folder in it; sites are added as text.
    private struct Host {
        let directory: TemporaryDirectory

        init(http: String, certificate: NginxServer? = nil) throws {
            directory = try TemporaryDirectory()
            try FileManager.default.createSymbolicLink(
                atPath: directory.file("carrel"), withDestinationPath: PackageRoot.path("nginx"))
            let paths = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"]
                .map { "\($0)_temp_path \(directory.file("tmp"));" }.joined(separator: "\n")
            try directory.write(
                """
                load_module @modules@/ngx_http_js_module.so;
                pid \(directory.file("nginx.pid"));
                events { }
                http {
                \(paths)
                \(http)
                }
                """, to: "nginx.conf")
        }

        /// What `nginx -t` says; status 0 means that it would start.
        func check() async throws -> ProcessResult {
            let version = try await ProcessServer.run("nginx", ["-V"])
            let option = version.errors.split { $0 == " " || $0 == "\n" }.first { $0.hasPrefix("--modules-path=") }
            let modules = try #require(option).dropFirst("--modules-path=".count)
            let file = directory.file("nginx.conf")
            try directory.write(
                String(contentsOfFile: file, encoding: .utf8).replacing("@modules@", with: modules), to: "nginx.conf")
            return try await ProcessServer.run(
                "nginx", ["-t", "-q", "-p", directory.path, "-c", file, "-e", directory.file("error.log")])
        }
    }

    @Test("beside an existing site whose settings occur only once on a host")
    func besideExistingSite() async throws {
        let host = try Host(
            http: """
                map_hash_bucket_size 128;
                map_hash_max_size 4096;
                upstream php { server 127.0.0.1:9; }
                map $http_upgrade $connection_upgrade { default upgrade; "" close; }
                include carrel/carrel-http.conf;
                server {
                    listen 127.0.0.1:1;
                    location / { return 200; }
                    location ~ \\.php$ { fastcgi_pass php; }
                    error_page 500 502 /50x.html;
                    include carrel/carrel-location.conf;
                    include carrel/carrel-malformed.conf;
                }
                server { listen 127.0.0.1:2; include carrel/carrel-location.conf; }
                """)
        let result = try await host.check()
        #expect(result.status == 0)
        #expect(result.errors == "")
    }

    @Test("the sample server block, with a certificate that exists")
    func sampleServer() async throws {
        let backend = try NginxEchoBackend()
        let nginx = try await NginxServer(backendSocket: backend.socketPath)
        let sample = try PackageRoot.text(of: "nginx/carrel-server.conf")
            .replacing("/etc/letsencrypt/live/carrel.example.org/fullchain.pem", with: nginx.certificate)
            .replacing(
                "/etc/letsencrypt/live/carrel.example.org/privkey.pem",
                with: nginx.certificate.replacing(".crt", with: ".key"))
        #expect(!sample.contains("letsencrypt"))
        let host = try Host(http: "include carrel/carrel-http.conf;\n\(sample)")
        let result = try await host.check()
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("the location snippet needs the http-level file, and nginx says so")
    func snippetAloneIsRefused() async throws {
        let host = try Host(http: "server { listen 127.0.0.1:1; include carrel/carrel-location.conf; }")
        let result = try await host.check()
        #expect(result.status != 0)
        #expect(result.errors.contains("carrel"))
    }

    @Test("a cache that the site has for its own programs keeps nothing of the API")
    func noCache() throws {
        let locations = try PackageRoot.text(of: "nginx/carrel-location.conf").components(separatedBy: "\nlocation ")
        let passing = locations.filter { $0.contains("fastcgi_pass carrel;") }
        #expect(passing.count == 2)
        #expect(passing.allSatisfy { $0.contains("fastcgi_cache off;") })
    }

    @Test("nothing is set that may stand only once on a host", arguments: ["carrel-http", "carrel-location"])
    func noDirectiveThatMayOccurOnlyOnce(name: String) throws {
        let text = try PackageRoot.text(of: "nginx/\(name).conf")
        let directives = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        for word in ["map_hash_", "server_names_hash_", "variables_hash_", "load_module", "js_path"] {
            #expect(!directives.contains { $0.hasPrefix(word) }, "\(word)")
        }
    }

    @Test("the local server, with ports and paths of its own")
    func localServer() async throws {
        let backend = try NginxEchoBackend()
        let nginx = try await NginxServer(backendSocket: backend.socketPath)
        #expect(try await nginx.request("GET", "/api/ping", scheme: .http).status == 200)
        #expect(try await nginx.request("GET", "/api/ping", scheme: .https).version == "2")
        #expect(nginx.errorLog == "")
    }
}
