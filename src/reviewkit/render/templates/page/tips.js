// Tooltips of charts: a mark under the pointer or reached by arrow keys says its value.
(function(){
var tip=document.createElement("div");
tip.className="rk-tip";tip.hidden=true;tip.setAttribute("role","status");
document.body.append(tip);
var lit=null;
function put(x,y){
  var room=document.documentElement.clientWidth;
  tip.style.left=Math.max(4,Math.min(x+12,window.scrollX+room-tip.offsetWidth-8))+"px";
  var over=y-window.scrollY+tip.offsetHeight+24>window.innerHeight;
  tip.style.top=(over?y-tip.offsetHeight-12:y+16)+"px";
}
function off(){
  tip.hidden=true;
  if(!lit)return;
  lit.classList.remove("rk-lit");lit.closest("svg").classList.remove("rk-some");lit=null;
}
function on(mark,x,y){
  if(lit!==mark){
    off();lit=mark;
    mark.classList.add("rk-lit");mark.closest("svg").classList.add("rk-some");
    tip.hidden=false;tip.textContent=mark.getAttribute("data-tip");
  }
  put(x,y);
}
function point(event){
  var mark=event.target.closest&&event.target.closest(".rk-chart [data-tip]");
  if(mark)on(mark,event.pageX,event.pageY);
  else if(lit&&event.target.closest&&!event.target.closest(".rk-chart svg:focus"))off();
}
document.addEventListener("pointermove",point,{passive:true});
document.addEventListener("pointerdown",point,{passive:true});
[].forEach.call(document.querySelectorAll(".rk-chart svg"),function(svg){
  var marks=[].slice.call(svg.querySelectorAll("[data-tip]"));
  if(!marks.length)return;
  svg.setAttribute("tabindex","0");
  svg.setAttribute("aria-label",svg.getAttribute("aria-label")+" "+page.words.points);
  svg.addEventListener("keydown",function(event){
    var at=marks.indexOf(lit),to={ArrowRight:at+1,ArrowDown:at+1,ArrowLeft:at<0?marks.length-1:at-1,
      ArrowUp:at<0?marks.length-1:at-1,Home:0,End:marks.length-1}[event.key];
    if(event.key==="Escape")return off();
    if(to===undefined)return;
    event.preventDefault();
    var mark=marks[Math.max(0,Math.min(to,marks.length-1))],box=mark.getBoundingClientRect();
    on(mark,box.left+box.width/2+window.scrollX,box.top+box.height/2+window.scrollY);
  });
  svg.addEventListener("blur",off);
});
})();
