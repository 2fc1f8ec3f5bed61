import Foundation

/// An nginx that does nothing but pass requests on to a server of HTTP, unbuffered: what Carrel's way is compared with.
struct NginxProxy {
    let port: UInt16

    /// - Throws: ``BenchmarkFailure`` when nginx does not start.
    init(_ bench: Workbench, name: String, to upstream: UInt16) throws {
        port = try LocalPort.free()
        let prefix = try bench.freshFolder("nginx-\(name)")
        try FileManager.default.createDirectory(atPath: "\(prefix)/tmp", withIntermediateDirectories: true)
        // Workers and connections as in nginx/local.conf.template.
        let configuration = """
            \(getuid() == 0 ? "user root;" : "")
            worker_processes auto;
            pid \(prefix)/nginx.pid;
            error_log \(prefix)/error.log warn;
            worker_rlimit_nofile 16384;
            events { worker_connections 8192; }
            http {
                access_log off;
                client_body_temp_path \(prefix)/tmp; proxy_temp_path \(prefix)/tmp; fastcgi_temp_path \(prefix)/tmp;
                scgi_temp_path \(prefix)/tmp; uwsgi_temp_path \(prefix)/tmp;
                server {
                    listen 127.0.0.1:\(port);
                    location / {
                        proxy_pass http://127.0.0.1:\(upstream);
                        proxy_buffering off;
                    }
                }
            }
            """
        try configuration.write(toFile: "\(prefix)/nginx.conf", atomically: true, encoding: .utf8)
        let tool = Tool(folder: bench.state.path)
        let command = [
            "env", "PATH=/usr/sbin:/usr/bin:/bin", "nginx", "-p", prefix, "-c", "\(prefix)/nginx.conf", "-e",
            "\(prefix)/error.log",
        ]
        try tool.run(command)
        bench.cleanup.add { _ = try? tool.run(command + ["-s", "stop"]) }  // It has stopped by itself.
    }
}
